/** Where events are at the desk. */
export const LIST = "/desk/begivenheder";
export const pathOf = (id: string): string => `${LIST}/${id}`;
