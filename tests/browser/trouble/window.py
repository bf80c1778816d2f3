"""A window with WebKitGTK in it, as WebKit's driver starts it: unlike that of MiniBrowser, its profile outlives the process.

For the system's Python (python3-gi, gir1.2-webkit2-4.1): ``window.py PROFILE WIDTH HEIGHT [SHARE]``. SHARE is what part
of the disk a site may use.
"""

import ctypes
import os
import signal
import sys
from typing import Any

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import GLib, Gtk, WebKit2  # noqa: E402

PR_SET_PDEATHSIG = 1
# It ends with the driver that started it.
ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)

profile, width, height = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
share = {"origin_storage_ratio": float(sys.argv[4]), "total_storage_ratio": 1.0} if len(sys.argv) > 4 else {}
kept = WebKit2.WebsiteDataManager(
    base_data_directory=os.path.join(profile, "data"), base_cache_directory=os.path.join(profile, "cache"), **share
)
context = WebKit2.WebContext(website_data_manager=kept)
context.set_automation_allowed(True)
context.set_preferred_languages(["da"])


def create(_session: Any) -> Any:
    view = WebKit2.WebView(web_context=context, is_controlled_by_automation=True)
    window = Gtk.Window(default_width=width, default_height=height)
    window.add(view)
    view.connect("close", lambda _view: window.destroy())
    window.show_all()
    return view


def begin(_context: Any, session: Any) -> None:
    info = WebKit2.ApplicationInfo()
    info.set_name("window")
    info.set_version(1, 0, 0)
    session.set_application_info(info)
    session.connect("create-web-view", create)
    # After the driver has its answer.
    session.connect("will-close", lambda _session: GLib.timeout_add(50, Gtk.main_quit))


context.connect("automation-started", begin)
Gtk.main()
