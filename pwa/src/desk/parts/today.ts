/** The day in Denmark, YYYY-MM-DD: what is said to be seen "today" at the desk. */
const danish = new Intl.DateTimeFormat("sv-SE", { timeZone: "Europe/Copenhagen" });

export const today = (now: Date = new Date()): string => danish.format(now);
