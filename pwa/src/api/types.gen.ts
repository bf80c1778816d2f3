// Generated from server/model by `make types`. Do not edit.

export interface Text {
  da: string;
  en?: string;
  de?: string;
}

export interface Fact<T> {
  value: T;
  source: string;
  seen_on: string;
}

export type Point = [number, number];

export interface Weekly {
  days: ("mo" | "tu" | "we" | "th" | "fr" | "sa" | "su")[];
  opens: string;
  closes: string;
  from?: string;
  through?: string;
}

export interface Except {
  date: string;
  opens: string | null;
  closes: string | null;
}

export interface Hours {
  weekly: Weekly[] | null;
  holidays: "closed" | "open" | null;
  except: Except[];
  note: Text | null;
  source: string;
  seen_on: string;
}

export type Surface = "firm" | "loose" | "unpaved" | "other";

export interface Access {
  step_free: Fact<boolean> | null;
  width_cm: Fact<number> | null;
  kerb_cm: Fact<number> | null;
  gate_cm: Fact<number> | null;
  slope_pct: Fact<number> | null;
  door_cm: Fact<number> | null;
}

export interface Season {
  from: string;
  through: string;
}

export type FaultWhat = "broken" | "sign_gone" | "under_water" | "toilet_closed" | "litter" | "other";

export interface FaultNote {
  what: FaultWhat;
  since: string;
  state: "reported" | "taken" | "fixed";
}

export interface Closure {
  from: string;
  to: string | null;
  why: Text;
  stretch_ids: string[] | null;
}

export interface Approach {
  from: "parking" | "stop" | "road";
  name: Text;
  length_m: number;
  surface: Fact<Surface> | null;
  line: string;
}

export interface Contact {
  name: string;
  phone: string;
  role: Text | null;
}

export interface Photo {
  sha256: string;
  w: number;
  h: number;
  alt: Text;
  credit: string;
}

export type Form = "building" | "spot" | "route" | "online" | "mental";

export interface Place {
  id: string;
  slug: string;
  form: Form;
  state: "idea" | "developing" | "active" | "resting";
  name: Text;
  where: Text;
  amenities: Text;
  ground: Text;
  purpose: Text;
  activities: Text;
  point: Point | null;
  route_id: string | null;
  url: string | null;
  surface: Fact<Surface> | null;
  access: Access;
  way_in: Text | null;
  approaches: Approach[];
  hours: Hours | null;
  contact: Contact | null;
  first_time: Text | null;
  guests_welcome: boolean | null;
  appointed_on: string | null;
  facility_ids: string[];
  organiser_id: string | null;
  photos: Photo[];
  faults: FaultNote[];
  closures: Closure[];
}

export interface Dissolved {
  id: string;
  slug: string;
  form: Form;
  state: "dissolved";
  name: Text;
  point: Point | null;
  dissolved_on: string;
  why: Text | null;
  successor_id: string | null;
}

export interface Facility {
  id: string;
  code: number | null;
  type_text: string;
  name: Text | null;
  point: Point;
  access: Access;
  season: Season | null;
  open_24h: Fact<boolean> | null;
  source: string;
  faults: FaultNote[];
}

export interface Stretch {
  id: string;
  line: string;
  length_m: number;
  surface: Fact<Surface> | null;
  access: Access;
}

export interface Near {
  facility_id: string;
  at_m: number;
  off_m: number;
}

export type Mode = "walk" | "cycle" | "drive" | "ride" | "paddle";

export interface Route {
  id: string;
  slug: string;
  name: Text;
  modes: Mode[];
  length_m: number;
  loop: boolean;
  source: string;
  season: Season | null;
  approaches: Approach[];
  faults: FaultNote[];
  closures: Closure[];
  stretches: Stretch[];
  near: Near[];
  place_ids: string[];
}

export interface Town {
  name: string;
  point: Point;
}

export interface Help {
  what: "municipality" | "line" | "crisis" | "emergency";
  name: Text;
  phone: string;
  hours: Hours | null;
}

export interface Transport {
  phone: string;
  hours_ahead: number;
  deadline_local: string | null;
  hours: Hours | null;
  price: Text | null;
}

export interface Quiet {
  from: string;
  to: string;
}

/** Of a new database only `name`, `code` and `demo` are sure. */
export interface Site {
  name: string;
  code: string;
  demo: boolean;
  bounds: [number, number, number, number] | null;
  land: string[][];
  towns: Town[];
  languages: string[];
  help: Help[];
  holidays: string[];
  shown_codes: number[] | null;
  transport: Transport | null;
  quiet: Quiet | null;
}

export interface ReportFault {
  what: FaultWhat;
  text: string;
  photos: string[];
}

export interface PackManifest {
  id: string;
  name: Text;
  bounds: [number, number, number, number];
  min_zoom: number;
  max_zoom: number;
  built_at: string;
  bytes: number;
  sha256: string;
  piece_bytes: number;
  pieces: string[];
  url: string;
  style: number;
  attribution: Text;
}

export interface Packs {
  packs: PackManifest[];
}

export interface ProblemError {
  at: string;
  code: string;
  limit?: number;
  detail?: string;
}

export interface Problem {
  type: string;
  status: number;
  title: string;
  code: string;
  detail: string;
  errors?: ProblemError[];
}
