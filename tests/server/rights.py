"""Who may do what: what is meant, as tables. test_rights.py holds the code to them."""

from typing import Any

# yes: may (what becomes of it, the verb decides). fresh: may, within ten minutes of a login. no: `forbidden`. login: nothing ran, 401;
# secret: the same, and what is asked for is a device's.
OF_VERBS = """
                 admin   editor  moderator  organiser  nobody  ended  device  local
report_fault     yes     yes     yes        yes        yes     yes    yes     yes
follow           secret  secret  secret     secret     secret  secret yes     no
unfollow         secret  secret  secret     secret     secret  secret yes     yes
skip             secret  secret  secret     secret     secret  secret yes     yes
save_push        secret  secret  secret     secret     secret  secret yes     no
forget_device    secret  secret  secret     secret     secret  secret yes     yes
ask_met          secret  secret  secret     secret     secret  secret yes     yes
tell_after       yes     yes     yes        yes        yes     yes    yes     yes
answer_met       yes     yes     no         yes        login   login  login   yes
count_event      yes     yes     no         yes        login   login  login   yes
send_notice      yes     yes     no         no         login   login  login   yes
stop_notice      yes     yes     no         no         login   login  login   yes
answer_fault     yes     yes     no         no         login   login  login   yes
save_place       yes     yes     no         no         login   login  login   yes
save_facility    yes     yes     no         no         login   login  login   yes
save_route       yes     yes     no         no         login   login  login   yes
move_state       yes     yes     no         no         login   login  login   yes
save_organiser   yes     yes     no         no         login   login  login   yes
set_organiser    yes     no      no         no         login   login  login   yes
save_event       yes     yes     no         yes        login   login  login   yes
move_event       yes     yes     no         yes        login   login  login   yes
change_time      yes     yes     no         yes        login   login  login   yes
split_event      yes     yes     no         yes        login   login  login   yes
save_calendar    yes     yes     no         yes        login   login  login   yes
end_calendar     yes     yes     no         yes        login   login  login   yes
import_calendar  yes     yes     no         yes        login   login  login   yes
withdraw         yes     yes     no         no         login   login  login   yes
restore          yes     yes     no         no         login   login  login   yes
merge            yes     yes     no         no         login   login  login   yes
apply_import     yes     yes     no         no         login   login  login   yes
save_settings    yes     no      no         no         login   login  login   yes
open_trial       yes     no      no         no         login   login  login   yes
invite           fresh   no      no         no         login   login  login   yes
set_role         fresh   no      no         no         login   login  login   yes
end_person       fresh   no      no         no         login   login  login   yes
hand_over        fresh   fresh   fresh      fresh      login   login  login   yes
end_session      yes     yes     yes        yes        login   login  login   yes
remove_passkey   fresh   fresh   fresh      fresh      login   login  login   yes
"""
# On what is somebody's own, somebody else's, and nobody's (an id that was guessed). done: applied. Else the code of the refusal.
OF_WHOM = """
                          admin            editor           moderator        organiser
end_session own           done             done             done             done
end_session other         unknown_subject  unknown_subject  unknown_subject  unknown_subject
end_session guessed       unknown_subject  unknown_subject  unknown_subject  unknown_subject
remove_passkey own        done             done             done             done
remove_passkey other      unknown_subject  unknown_subject  unknown_subject  unknown_subject
remove_passkey guessed    unknown_subject  unknown_subject  unknown_subject  unknown_subject
hand_over own             forbidden        forbidden        forbidden        done
hand_over other           unknown_subject  unknown_subject  unknown_subject  unknown_subject
hand_over guessed         unknown_subject  unknown_subject  unknown_subject  unknown_subject
set_role own              in_use           forbidden        forbidden        forbidden
set_role other            done             forbidden        forbidden        forbidden
set_role guessed          unknown_subject  forbidden        forbidden        forbidden
set_organiser own         done             forbidden        forbidden        forbidden
set_organiser other       done             forbidden        forbidden        forbidden
set_organiser guessed     unknown_subject  forbidden        forbidden        forbidden
end_person own            in_use           forbidden        forbidden        forbidden
end_person other          done             forbidden        forbidden        forbidden
end_person guessed        unknown_subject  forbidden        forbidden        forbidden
invite own                in_use           forbidden        forbidden        forbidden
invite other              done             forbidden        forbidden        forbidden
invite guessed            done             forbidden        forbidden        forbidden
"""
# yes: may (what is answered then, the route decides). again: may, within ten minutes of a login. no: 403. login: 401.
OF_ROUTES = """
                                       admin  editor  moderator  organiser  nobody  ended
GET /api/v1/sync/public                yes    yes     yes        yes        yes     yes
GET /api/v1/sync/guide                 yes    yes     no         no         login   login
GET /api/v1/sync/staff                 yes    yes     no         no         login   login
GET /api/v1/mine                       secret secret secret     secret     secret  secret
POST /api/v1/ops                       yes    yes     yes        yes        yes     yes
GET /api/v1/packs                      yes    yes     yes        yes        yes     yes
PUT /api/v1/blobs/{sha256:str}         yes    yes     yes        yes        yes     yes
GET /api/v1/blobs/{name:str}           yes    yes     no         no         login   login
GET /api/v1/history/{kind:str}/{id:str} yes   yes     no         yes        login   login
GET /api/v1/names                      yes    yes     no         no         login   login
GET /api/v1/audit                      yes    no      no         no         login   login
GET /api/v1/imports                    yes    yes     no         no         login   login
POST /api/v1/imports                   yes    yes     no         no         login   login
GET /api/v1/imports/{id:str}           yes    yes     no         no         login   login
GET /api/v1/health                     yes    yes     no         no         login   login
GET /metrics                           no     no      no         no         no       no
GET /api/v1/organise                   yes    yes     no         yes        login   login
GET /api/v1/calendars                  yes    yes     no         yes        login   login
POST /api/v1/calendars/look            yes    yes     no         yes        login   login
GET /api/v1/reach                      yes    yes     no         no         login   login
GET /api/v1/notices/{id:str}           yes    yes     no         no         login   login
POST /api/v1/backup                    yes    no      no         no         login   login
GET /api/v1/login                      yes    yes     yes        yes        yes     yes
POST /api/v1/login/begin               yes    yes     yes        yes        yes     yes
POST /api/v1/login                     yes    yes     yes        yes        yes     yes
POST /api/v1/login/oidc                yes    yes     yes        yes        yes     yes
GET /login/oidc                        yes    yes     yes        yes        yes     yes
POST /api/v1/invitation/begin          yes    yes     yes        yes        yes     yes
POST /api/v1/invitation                yes    yes     yes        yes        yes     yes
POST /api/v1/invitation/again          yes    yes     yes        yes        yes     yes
POST /api/v1/passkey/begin             yes    yes     yes        yes        login   login
POST /api/v1/passkey                   yes    yes     yes        yes        login   login
POST /api/v1/logout                    yes    yes     yes        yes        yes     yes
GET /api/v1/me                         yes    yes     yes        yes        login   login
GET /api/v1/people                     yes    no      no         no         login   login
POST /api/v1/trial                     yes    yes     yes        yes        yes     yes
"""
# What everybody reads, logged in or not: pages, files, and what programs ask a server.
OF_ALL = """
/ /kort /det-sker /gemt /meldt /hjaelp /om /ting/{rest:path} /steder/{slug:str} /ruter/{slug:str} /det-sker/{slug:str}
/steder/{slug:str}/fejl /ruter/{slug:str}/fejl /desk /desk/{rest:path} /login /invite /proeve /{rest:path} /farver/{name:str} /robots.txt
/live /ready /feeds /feeds/places.geojson /feeds/facilities.geojson /feeds/routes.geojson /feeds/places.csv /feeds/facilities.csv
/feeds/routes.csv /feeds/places.gpx /feeds/facilities.gpx /feeds/routes.gpx /feeds/routes/{file:str}
/feeds/events.ics /feeds/events/{file:str} /feeds/places/{file:str} /feeds/organisers/{file:str}
/feeds/areas/{file:str} /api/v1/openapi.json /packs /media
/assets /desk.html /sw.js /manifest.webmanifest
"""
BODIES: dict[str, dict[str, Any]] = {
    "/api/v1/passkey": {"asking": "nothing", "credential": {}, "device": "Bord"},
    "/api/v1/imports": {"blob": "a" * 64, "name": "x.gpx"},
}
"""What is sent where an empty object would be refused before anybody is asked who they are."""


def read(table: str) -> dict[str, dict[str, str]]:
    """{row: {column: cell}}; a row's name may be of several words."""
    head, *rows = table.strip("\n").splitlines()
    columns = head.split()
    found = {}
    for row in rows:
        words = row.split()
        name, cells = " ".join(words[: -len(columns)]), words[-len(columns) :]
        assert name not in found, name
        found[name] = dict(zip(columns, cells, strict=True))
    return found
