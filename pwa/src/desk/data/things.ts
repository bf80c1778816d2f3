// What the desk reads: the bodies of the wire, with what staff alone read.
import type * as wire from "../../api/types.gen.ts";

export type {
  Change,
  Event,
  Facility,
  Fault,
  FaultNote,
  FaultWhat,
  Notice,
  Organiser,
  Route,
  Schedule,
  Site,
  Time,
} from "../../api/types.gen.ts";
export type { Subject } from "../../store/things.ts";

/** A kind that is edited: its save is save_<kind>. */
export type Kind = "place" | "route" | "facility" | "event" | "organiser";
/** A place in any state but dissolved. */
export type LivePlace = wire.Place;
export type StaffPlace = wire.Place | wire.Dissolved;
