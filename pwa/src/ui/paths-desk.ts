/** The drawings of the desk, as in paths.ts. */
export const deskPaths = {
  chart: "M3 21h18M6.5 21v-7M12 21V5M17.5 21v-11",
  copy: "M8 8h12.5v12.5H8zM16 8V3.5H3.5V16H8",
  filter: "M3 6h18M6.5 12h11M10 18h4",
  inbox: "M3 13.5L6 4h12l3 9.5V20.5H3zM3 13.5h5.5a3.5 3.5 0 0 0 7 0H21",
  key: "M3.0 15.5a4.5 4.5 0 1 0 9.0 0a4.5 4.5 0 1 0 -9.0 0M11 12.5L20.5 3M16 7.5l3 3M18.5 5l2 2",
  menu: "M3 6h18M3 12h18M3 18h18",
  merge: "M6 3v5a5 5 0 0 0 5 5h7M6 21v-4a4 4 0 0 1 4-4M14.5 9l4 4-4 4",
  print: "M7 8V3h10v5M7 17H3.5V8h17v9H17M7 13.5h10V21H7z",
} as const;
