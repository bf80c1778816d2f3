/** The drawings of the desk, as in paths.ts. */
export const deskPaths = {
  chart: "M3 21h18M6.5 21v-7M12 21V5M17.5 21v-11",
  copy: "M8 8h12.5v12.5H8zM16 8V3.5H3.5V16H8",
  key: "M3.0 15.5a4.5 4.5 0 1 0 9.0 0a4.5 4.5 0 1 0 -9.0 0M11 12.5L20.5 3M16 7.5l3 3M18.5 5l2 2",
} as const;
