/** The rooms of a person; the pages of one room are below it. */
export const ROOMS_PAGE = '/rooms';
export const VISITS_PAGE = '/rooms/visits';
export const NEW_ROOM_PAGE = '/rooms/new';
export const OPERATOR_PAGE = '/operator';
