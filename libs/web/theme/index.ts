export { between, isBoolean, oneOf, remembered } from './remembered';
export { Theme } from './theme';
export type { ThemeChoice } from './theme';
