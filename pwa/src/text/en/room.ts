import type { room as da } from "../da/room.ts";

export const room: Record<keyof typeof da, string> = {
  "room.little": "There is soon no more room",
  "room.littleText":
    "The phone has about {size} free for Mødesteder. That is enough for what you write, but not for new maps.",
  "room.none": "The phone is almost full",
  "room.noneText": "What you write can perhaps not be saved here. Delete something before you write.",
  "room.map": "Delete the map {name}, {size}",
  "room.mapText": "A map can be fetched again when there is network.",
  "room.pictures": "Delete pictures, {size}",
  "room.else": "There is nothing to delete here. Delete something else on the phone, for example films.",
  "room.made": "Now there is room. What you have written is saved.",
  "room.memory": "The phone can not save this",
  "room.memoryText": "What is not sent disappears when you close. Save it as a file, then you have it.",
  // Where something that was asked for could not be done.
  "act.failed": "That did not work. It is still here. Try again.",
  "act.noFile": "The file was not made. Try again, or write your words down.",
};
