// Made by `make types` from server/model and server/wire.py. Do not edit.

export interface Place {
  readonly id: string;
  readonly slug: string;
  readonly form: "building" | "mental" | "online" | "route" | "spot";
  readonly state: "active" | "developing" | "idea" | "resting";
  readonly name: Text;
  readonly where: Text | null;
  readonly amenities: Text | null;
  readonly ground: Text | null;
  readonly purpose: Text | null;
  readonly activities: Text | null;
  readonly point: readonly [number, number] | null;
  readonly route_id: string | null;
  readonly url: string | null;
  readonly surface: Fact<"firm" | "loose" | "other" | "unpaved"> | null;
  readonly access: Access;
  readonly way_in: Text | null;
  readonly approaches: readonly Approach[];
  readonly hours: Hours | null;
  readonly contact: Contact | null;
  readonly first_time: Text | null;
  readonly guests_welcome: boolean | null;
  readonly appointed_on: string | null;
  readonly facility_ids: readonly string[];
  readonly organiser_id: string | null;
  readonly photos: readonly Photo[];
  readonly faults: readonly FaultNote[];
  readonly closures: readonly Closure[];
  readonly staff?: PlaceStaff;
}

export interface Text {
  readonly da: string;
  readonly en?: string;
  readonly de?: string;
}

export interface Fact<T> {
  readonly value: T;
  readonly source: string;
  readonly seen_on: string;
}

export interface Access {
  readonly step_free: Fact<boolean> | null;
  readonly width_cm: Fact<number> | null;
  readonly kerb_cm: Fact<number> | null;
  readonly gate_cm: Fact<number> | null;
  readonly slope_pct: Fact<number> | null;
  readonly door_cm: Fact<number> | null;
}

export interface Approach {
  readonly from: "parking" | "road" | "stop";
  readonly name: Text;
  readonly length_m: number;
  readonly surface: Fact<"firm" | "loose" | "other" | "unpaved"> | null;
  readonly line: string;
}

export interface Hours {
  readonly weekly: readonly Weekly[] | null;
  readonly holidays: "closed" | "open" | null;
  readonly except: readonly Except[];
  readonly note: Text | null;
  readonly source: string;
  readonly seen_on: string;
}

export interface Weekly {
  readonly days: readonly ("fr" | "mo" | "sa" | "su" | "th" | "tu" | "we")[];
  readonly opens: string;
  readonly closes: string;
  readonly from?: string;
  readonly through?: string;
}

export interface Except {
  readonly date: string;
  readonly opens: string | null;
  readonly closes: string | null;
}

export interface Contact {
  readonly name: string;
  readonly phone: string | null;
  readonly role: Text | null;
}

export interface Photo {
  readonly sha256: string;
  readonly w: number;
  readonly h: number;
  readonly alt: Text;
  readonly credit: string;
}

export interface FaultNote {
  readonly what: "broken" | "litter" | "other" | "sign_gone" | "toilet_closed" | "under_water";
  readonly since: string;
  readonly state: "fixed" | "reported" | "taken";
  readonly words?: string;
  readonly photos?: readonly FaultPhoto[];
  readonly answer?: Text;
  readonly closed?: true;
}

export interface FaultPhoto {
  readonly sha256: string;
  readonly w: number;
  readonly h: number;
}

export interface Closure {
  readonly from: string;
  readonly to: string | null;
  readonly why: Text;
  readonly stretch_ids: readonly string[] | null;
}

export interface PlaceStaff {
  readonly missing: readonly string[];
  readonly notes: string | null;
  readonly last_seen_on: string | null;
}

export interface Dissolved {
  readonly id: string;
  readonly slug: string;
  readonly form: "building" | "mental" | "online" | "route" | "spot";
  readonly state: "dissolved";
  readonly name: Text;
  readonly point: readonly [number, number] | null;
  readonly dissolved_on: string;
  readonly why: Text | null;
  readonly successor_id: string | null;
  readonly staff?: PlaceStaff;
}

export interface Facility {
  readonly id: string;
  readonly code: number | null;
  readonly type_text: string;
  readonly name: Text | null;
  readonly point: readonly [number, number];
  readonly access: Access;
  readonly season: Season | null;
  readonly open_24h: Fact<boolean> | null;
  readonly source: string;
  readonly faults: readonly FaultNote[];
}

export interface Season {
  readonly from: string;
  readonly through: string;
}

export interface Route {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
  readonly modes: readonly ("cycle" | "drive" | "paddle" | "ride" | "walk")[];
  readonly length_m: number;
  readonly loop: boolean;
  readonly source: string;
  readonly season: Season | null;
  readonly approaches: readonly Approach[];
  readonly faults: readonly FaultNote[];
  readonly closures: readonly Closure[];
  readonly stretches: readonly Stretch[];
  readonly near: readonly Near[];
  readonly place_ids: readonly string[];
}

export interface Stretch {
  readonly id: string;
  readonly line: string;
  readonly length_m: number;
  readonly surface: Fact<"firm" | "loose" | "other" | "unpaved"> | null;
  readonly access: Access;
}

export interface Near {
  readonly facility_id: string;
  readonly at_m: number;
  readonly off_m: number;
}

export interface Organiser {
  readonly id: string;
  readonly slug: string;
  readonly name: string;
  readonly url: string | null;
  readonly staff?: OrganiserStaff;
}

export interface OrganiserStaff {
  readonly at_once: boolean;
  readonly notes: string | null;
}

export interface Event {
  readonly id: string;
  readonly slug: string;
  readonly name: Text;
  readonly about: Text | null;
  readonly place_id: string | null;
  readonly route_id: string | null;
  readonly url: string | null;
  readonly where: Text | null;
  readonly point: readonly [number, number] | null;
  readonly organiser_id: string | null;
  readonly host: Host | null;
  readonly price: Text | null;
  readonly free: boolean;
  readonly bring: Text | null;
  readonly access: Text | null;
  readonly themes: readonly ("coffee" | "craft" | "culture" | "food" | "games" | "movement" | "music" | "nature" | "talk" | "walk")[];
  readonly level: "open" | "try" | "used" | null;
  readonly newcomers: Newcomers | null;
  readonly state: "cancelled" | "draft" | "proposed" | "public";
  readonly why: Text | null;
  readonly tz: string;
  readonly rule: Text | null;
  readonly split_from: string | null;
  readonly times: readonly Time[];
  readonly staff?: EventStaff;
}

export interface Host {
  readonly name: string;
  readonly phone: string | null;
}

export interface Newcomers {
  readonly who_meets_you: Text;
  readonly where: Text;
  readonly how_many: Text;
  readonly first_minutes: Text;
  readonly leaving: Text;
}

export interface Time {
  readonly id: string;
  readonly date: string;
  readonly start_local: string | null;
  readonly start: string;
  readonly end: string | null;
  readonly all_day: boolean;
  readonly sure: boolean;
  readonly state: "cancelled" | "moved" | "on";
  readonly why: Text | null;
  readonly full: boolean;
  readonly meeting: Text | null;
  readonly was?: Was;
}

export interface Was {
  readonly date: string;
  readonly start_local: string | null;
}

export interface EventStaff {
  readonly schedule: Schedule | null;
  readonly changes: readonly Change[];
  readonly missing: readonly string[];
  readonly notes: string | null;
  readonly decided: Text | null;
  readonly calendar_id: string | null;
}

export interface Schedule {
  readonly date: string;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly days: number;
  readonly rrule: string | null;
  readonly skips: readonly ("holidays" | "school")[];
  readonly left_out: readonly string[];
  readonly also: readonly string[];
  readonly sure: boolean;
}

export interface Change {
  readonly day: string;
  readonly state: "cancelled" | "moved" | "on";
  readonly date: string | null;
  readonly starts: string | null;
  readonly ends: string | null;
  readonly why: Text | null;
  readonly full: boolean;
  readonly meeting: Text | null;
}

export interface Notice {
  readonly id: string;
  readonly to: NoticeTo;
  readonly title: Text;
  readonly body: Text;
  readonly state: "scheduled" | "sending" | "sent" | "stopped";
  readonly at: string;
  readonly staff?: NoticeStaff;
}

export interface NoticeTo {
  readonly kind: "all" | "area" | "event" | "organiser" | "place";
  readonly id: string | null;
}

export interface NoticeStaff {
  readonly by: string;
  readonly devices: number;
  readonly reached: number;
  readonly not_reached: Readonly<Record<string, number>>;
}

export interface Site {
  readonly name: Text;
  readonly code: string;
  readonly demo: boolean;
  readonly bounds: readonly [number, number, number, number] | null;
  readonly land: readonly (readonly string[])[];
  readonly towns: readonly Town[];
  readonly languages: readonly ("da" | "de" | "en")[];
  readonly help: readonly Help[];
  readonly holidays: readonly string[];
  readonly shown_codes: readonly number[] | null;
  readonly transport: Transport | null;
  readonly quiet: Quiet | null;
  readonly colours: Colours | null;
  readonly launch: Launch | null;
  readonly seen_months: number | null;
  readonly school_holidays: readonly Period[];
  readonly events_at_once: boolean;
}

export interface Town {
  readonly name: Text;
  readonly point: readonly [number, number];
}

export interface Help {
  readonly what: "crisis" | "emergency" | "line" | "municipality";
  readonly name: Text;
  readonly phone: string;
  readonly hours: Hours | null;
}

export interface Transport {
  readonly phone: string;
  readonly hours_ahead: number | null;
  readonly deadline_local: string | null;
  readonly hours: Hours | null;
  readonly price: Text | null;
}

export interface Quiet {
  readonly from: string;
  readonly to: string;
}

export interface Colours {
  readonly light: string;
  readonly dark: string;
}

export interface Launch {
  readonly state: "closed" | "open" | "trial";
  readonly opened_on: string | null;
  readonly needed: number;
  readonly by: string | null;
}

export interface Period {
  readonly from: string;
  readonly to: string;
  readonly name: Text | null;
}

export interface Fault {
  readonly id: string;
  readonly subject: FaultSubject;
  readonly what: "broken" | "litter" | "other" | "sign_gone" | "toilet_closed" | "under_water";
  readonly since: string;
  readonly state: "closed" | "fixed" | "reported" | "taken";
  readonly text: string;
  readonly photos: readonly string[];
  readonly reported_by?: "citizen" | "guide";
  readonly taken_by?: string | null;
  readonly answer: Text | null;
  readonly shown: Shown;
}

export interface FaultSubject {
  readonly kind: "facility" | "place" | "route";
  readonly id: string;
}

export interface Shown {
  readonly words: boolean;
  readonly photos: readonly string[];
}

export interface Organise {
  readonly organiser: Organiser | null;
  readonly events: readonly Event[];
  readonly versions: Readonly<Record<string, string>>;
  readonly asked: readonly Asked[];
  readonly counts: readonly Counted[];
  readonly told: readonly Told[];
}

export interface Asked {
  readonly event_id: string;
  readonly day: string;
  readonly number: number;
  readonly answer: Text | null;
  readonly answered_at: string | null;
}

export interface Counted {
  readonly event_id: string;
  readonly day: string;
  readonly came: number;
  readonly new: number;
}

export interface Told {
  readonly event_id: string;
  readonly good: number;
  readonly so_so: number;
  readonly not_for_me: number;
  readonly not_there: number;
}

export interface Reach {
  readonly devices: number;
  readonly reached_by_push: number;
  readonly last_at: string | null;
  readonly next_at: string | null;
  readonly goes_at: string;
}

export interface Progress {
  readonly state: "scheduled" | "sending" | "sent" | "stopped";
  readonly devices: number;
  readonly waiting: number;
  readonly reached: number;
  readonly not_reached: Readonly<Record<string, number>>;
}

export interface CalendarList {
  readonly calendars: readonly CalendarNow[];
}

export interface CalendarNow {
  readonly id: string;
  readonly name: string;
  readonly url: string | null;
  readonly organiser_id: string | null;
  readonly place_id: string | null;
  readonly checked_at: string | null;
  readonly failed_since: string | null;
  readonly failed: string | null;
  readonly due_at: string | null;
  readonly told: CalendarTold | null;
}

export interface CalendarTold {
  readonly at: string;
  readonly name: string | null;
  readonly events: number;
  readonly new: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly past: number;
  readonly older: number;
  readonly lacking: number;
  readonly waiting: number;
  readonly left: readonly CalendarRemark[];
  readonly notes: readonly CalendarRemark[];
  readonly kept: readonly CalendarKept[];
  readonly gone: readonly CalendarGone[];
  readonly whole: boolean;
}

export interface CalendarRemark {
  readonly line: number;
  readonly uid: string | null;
  readonly code: string;
  readonly reason: string;
}

export interface CalendarKept {
  readonly event_id: string;
  readonly name: Text;
  readonly fields: readonly string[];
}

export interface CalendarGone {
  readonly event_id: string;
  readonly name: Text;
  readonly cancelled: boolean;
}

export interface LookedAt {
  readonly blob: string;
  readonly name: string | null;
  readonly events: number;
  readonly shown: readonly LookedEvent[];
  readonly left: readonly CalendarRemark[];
  readonly notes: readonly CalendarRemark[];
  readonly past: number;
  readonly whole: boolean;
}

export interface LookedEvent {
  readonly line: number;
  readonly name: Text;
  readonly date: string;
  readonly starts: string | null;
  readonly rule: Text | null;
  readonly where: Text | null;
  readonly cancelled: boolean;
}

export interface PackList {
  readonly packs: readonly PackManifest[];
}

export interface PackManifest {
  readonly id: string;
  readonly name: Text;
  readonly bounds: readonly [number, number, number, number];
  readonly min_zoom: number;
  readonly max_zoom: number;
  readonly built_at: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly piece_bytes: number;
  readonly pieces: readonly string[];
  readonly url: string;
  readonly style: number;
  readonly attribution: Text;
}

export interface Problem {
  readonly status: number;
  readonly title: string;
  readonly code: string;
  readonly detail: string;
  readonly type: string;
  readonly errors: readonly FieldError[];
  readonly limit?: number;
}

export interface FieldError {
  readonly at: string;
  readonly code: string;
  readonly detail: string;
  readonly limit?: number;
}

export interface ReportFault {
  readonly what: "broken" | "litter" | "other" | "sign_gone" | "toilet_closed" | "under_water";
  readonly text?: string;
  readonly photos?: readonly string[];
}

export interface Follow {
  readonly when: readonly ("evening" | "hour" | "transport")[];
  readonly only?: string | null;
}

export interface Nothing {
}

export interface Skip {
  readonly day: string;
  readonly skip?: boolean;
}

export interface SavePush {
  readonly endpoint: string | null;
  readonly p256dh?: string | null;
  readonly auth?: string | null;
  readonly key?: string | null;
  readonly lang?: "da" | "de" | "en";
}

export interface AskMet {
  readonly day: string;
  readonly asks?: boolean;
}

export interface TellAfter {
  readonly day: string;
  readonly how: "good" | "not_for_me" | "not_there" | "so_so";
}

export interface AnswerMet {
  readonly day: string;
  readonly answer: Text;
}

export interface CountEvent {
  readonly day: string;
  readonly came: number;
  readonly new: number;
}

export interface SendNotice {
  readonly to: NoticeTo;
  readonly title: Text;
  readonly body: Text;
  readonly at?: string | null;
  readonly sure?: boolean;
}

export interface AnswerFault {
  readonly state: "closed" | "fixed" | "taken";
  readonly taken_by?: string | null;
  readonly answer?: Text | null;
  readonly show?: Shown | null;
}

export interface SavePlace {
  readonly set: PlaceSet;
}

export interface PlaceSet {
  readonly slug?: string;
  readonly form?: "building" | "mental" | "online" | "route" | "spot";
  readonly name?: Text;
  readonly where?: Text | null;
  readonly amenities?: Text | null;
  readonly ground?: Text | null;
  readonly purpose?: Text | null;
  readonly activities?: Text | null;
  readonly point?: readonly [number, number] | null;
  readonly route_id?: string | null;
  readonly url?: string | null;
  readonly surface?: Fact<"firm" | "loose" | "other" | "unpaved"> | null;
  readonly access?: Access | null;
  readonly way_in?: Text | null;
  readonly approaches?: readonly Approach[] | null;
  readonly hours?: Hours | null;
  readonly contact?: Contact | null;
  readonly first_time?: Text | null;
  readonly guests_welcome?: boolean | null;
  readonly appointed_on?: string | null;
  readonly facility_ids?: readonly string[] | null;
  readonly organiser_id?: string | null;
  readonly photos?: readonly Photo[] | null;
  readonly closures?: readonly Closure[] | null;
  readonly notes?: string | null;
  readonly last_seen_on?: string | null;
}

export interface SaveFacility {
  readonly set: FacilitySet;
}

export interface FacilitySet {
  readonly code?: number | null;
  readonly type_text?: string;
  readonly name?: Text | null;
  readonly point?: readonly [number, number];
  readonly access?: Access | null;
  readonly season?: Season | null;
  readonly open_24h?: Fact<boolean> | null;
  readonly public?: boolean;
}

export interface SaveRoute {
  readonly set: RouteSet;
}

export interface RouteSet {
  readonly slug?: string;
  readonly name?: Text;
  readonly modes?: readonly ("cycle" | "drive" | "paddle" | "ride" | "walk")[] | null;
  readonly season?: Season | null;
  readonly approaches?: readonly Approach[] | null;
  readonly closures?: readonly Closure[] | null;
  readonly stretches?: readonly StretchSet[];
  readonly order?: readonly string[];
  readonly public?: boolean;
}

export interface StretchSet {
  readonly id: string;
  readonly surface?: Fact<"firm" | "loose" | "other" | "unpaved"> | null;
  readonly access?: Access | null;
  readonly line?: string;
}

export interface MoveState {
  readonly to: "active" | "developing" | "dissolved" | "idea" | "resting";
  readonly why?: Text | null;
  readonly successor_id?: string | null;
}

export interface SaveOrganiser {
  readonly set: OrganiserSet;
}

export interface OrganiserSet {
  readonly slug?: string;
  readonly name?: string;
  readonly url?: string | null;
  readonly at_once?: boolean;
  readonly notes?: string | null;
}

export interface SetOrganiser {
  readonly organiser_id: string | null;
}

export interface SaveEvent {
  readonly set: EventSet;
}

export interface EventSet {
  readonly slug?: string;
  readonly name?: Text;
  readonly about?: Text | null;
  readonly place_id?: string | null;
  readonly route_id?: string | null;
  readonly url?: string | null;
  readonly where?: Text | null;
  readonly point?: readonly [number, number] | null;
  readonly organiser_id?: string | null;
  readonly host?: Host | null;
  readonly price?: Text | null;
  readonly free?: boolean;
  readonly bring?: Text | null;
  readonly access?: Text | null;
  readonly themes?: readonly ("coffee" | "craft" | "culture" | "food" | "games" | "movement" | "music" | "nature" | "talk" | "walk")[] | null;
  readonly level?: "open" | "try" | "used" | null;
  readonly newcomers?: Newcomers | null;
  readonly schedule?: Schedule | null;
  readonly notes?: string | null;
}

export interface MoveEvent {
  readonly to: "cancelled" | "draft" | "proposed" | "public";
  readonly why?: Text | null;
}

export interface ChangeTime {
  readonly change: Change;
}

export interface SplitEvent {
  readonly from: string;
  readonly id: string;
  readonly set: EventSet;
}

export interface SaveCalendar {
  readonly set: CalendarSet;
}

export interface CalendarSet {
  readonly name?: string;
  readonly url?: string | null;
  readonly organiser_id?: string | null;
  readonly place_id?: string | null;
}

export interface ImportCalendar {
  readonly blob: string;
  readonly name?: string | null;
  readonly organiser_id?: string | null;
  readonly place_id?: string | null;
}

export interface Withdraw {
  readonly why: string;
}

export interface Merge {
  readonly into: string;
}

export interface ApplyImport {
  readonly blob: string;
  readonly source?: string | null;
  readonly choices?: Choices;
  readonly name?: string | null;
}

export interface Choices {
  readonly take?: readonly FieldOf[];
  readonly keep?: readonly ThingOf[];
  readonly crs?: number | null;
  readonly lat_first?: boolean | null;
}

export interface FieldOf {
  readonly kind: "facility" | "place" | "route";
  readonly id: string;
  readonly field: string;
}

export interface ThingOf {
  readonly kind: "facility" | "place" | "route";
  readonly id: string;
}

export interface SaveSettings {
  readonly set: SiteSet;
}

export interface SiteSet {
  readonly name?: Text;
  readonly code?: string;
  readonly bounds?: readonly [number, number, number, number] | null;
  readonly land?: readonly (readonly string[])[] | null;
  readonly towns?: readonly Town[] | null;
  readonly languages?: readonly ("da" | "de" | "en")[] | null;
  readonly help?: readonly Help[] | null;
  readonly holidays?: readonly string[] | null;
  readonly shown_codes?: readonly number[] | null;
  readonly transport?: Transport | null;
  readonly quiet?: Quiet | null;
  readonly colours?: Colours | null;
  readonly launch?: LaunchSet;
  readonly seen_months?: number | null;
  readonly school_holidays?: readonly Period[] | null;
  readonly events_at_once?: boolean;
}

export interface LaunchSet {
  readonly state?: "closed" | "open" | "trial";
  readonly opened_on?: string | null;
  readonly needed?: number;
  readonly by?: string | null;
}

export interface OpenTrial {
  readonly code_sha256: string;
}

export interface Invite {
  readonly name: string;
  readonly role: "admin" | "editor" | "moderator" | "organiser";
  readonly code_sha256: string;
}

export interface SetRole {
  readonly role: "admin" | "editor" | "moderator" | "organiser";
}

export interface HandOver {
  readonly name: string;
  readonly code_sha256: string;
}

export type Point = Facility["point"];
export type Form = Place["form"];
export type Mode = Route["modes"][number];
export type FaultWhat = FaultNote["what"];
export type Surface = NonNullable<Stretch["surface"]>["value"];

export interface Bodies {
  readonly place: Place | Dissolved;
  readonly facility: Facility;
  readonly route: Route;
  readonly organiser: Organiser;
  readonly event: Event;
  readonly notice: Notice;
  readonly settings: Site;
  readonly fault: Fault;
}

export interface Args {
  readonly report_fault: ReportFault;
  readonly follow: Follow;
  readonly unfollow: Nothing;
  readonly skip: Skip;
  readonly save_push: SavePush;
  readonly forget_device: Nothing;
  readonly ask_met: AskMet;
  readonly tell_after: TellAfter;
  readonly answer_met: AnswerMet;
  readonly count_event: CountEvent;
  readonly send_notice: SendNotice;
  readonly stop_notice: Nothing;
  readonly answer_fault: AnswerFault;
  readonly save_place: SavePlace;
  readonly save_facility: SaveFacility;
  readonly save_route: SaveRoute;
  readonly move_state: MoveState;
  readonly save_organiser: SaveOrganiser;
  readonly set_organiser: SetOrganiser;
  readonly save_event: SaveEvent;
  readonly move_event: MoveEvent;
  readonly change_time: ChangeTime;
  readonly split_event: SplitEvent;
  readonly save_calendar: SaveCalendar;
  readonly end_calendar: Nothing;
  readonly import_calendar: ImportCalendar;
  readonly withdraw: Withdraw;
  readonly restore: Nothing;
  readonly merge: Merge;
  readonly apply_import: ApplyImport;
  readonly save_settings: SaveSettings;
  readonly open_trial: OpenTrial;
  readonly invite: Invite;
  readonly set_role: SetRole;
  readonly end_person: Nothing;
  readonly hand_over: HandOver;
  readonly end_session: Nothing;
  readonly remove_passkey: Nothing;
}
