// Nothing but the worker that shows the row again without a server.
void navigator.serviceWorker.register("/sw.js");
