const Real = Date;
let shift = 0;

/** A wall clock that can be put wrong at any moment. The monotonic timer runs on, as it does on a real machine. */
class WrongDate extends Real {
  constructor(...parts) {
    if (parts.length === 0) super(Real.now() + shift);
    else super(...parts);
  }

  static now() {
    return Real.now() + shift;
  }
}

/** @param {number} milliseconds how much the clock of this process is fast */
export function shiftClock(milliseconds) {
  shift = milliseconds;
  globalThis.Date = WrongDate;
}
