import { describe, expect, it } from 'vitest';

import { listenToWheel, Wheel } from './wheel';

/** Every event of a flick that gets weaker for a second and a half, 16 ms apart; `hiccup` is ms lost in its midst. */
function flick(wheel: Wheel, start: number, hiccup = 0): number[] {
  const steps: number[] = [];
  for (let i = 0; i < 90; i += 1) {
    const at = start + i * 16 + (i > 40 ? hiccup : 0);
    const way = wheel.turn(120 * 0.95 ** i, at);
    if (way) steps.push(way);
  }
  return steps;
}

describe('Wheel', () => {
  it.each([0, 200, 400])('takes one step for a flick, also with a hiccup of %i ms', (hiccup) => {
    expect(flick(new Wheel(), 0, hiccup)).toEqual([1]);
  });

  it('takes another step for another flick', () => {
    const wheel = new Wheel();
    expect([...flick(wheel, 0), ...flick(wheel, 1700)]).toEqual([1, 1]);
  });

  it('steps with each notch of a wheel that rests between them, in either direction', () => {
    const wheel = new Wheel();
    expect([wheel.turn(100, 0), wheel.turn(100, 500), wheel.turn(-100, 1000)]).toEqual([1, 1, -1]);
    expect(wheel.turn(-100, 1200)).toBe(0); // 450 ms at least
  });

  it('adds up small moves, and forgets them over a rest', () => {
    const wheel = new Wheel();
    expect([wheel.turn(20, 0), wheel.turn(20, 16)]).toEqual([0, 1]);
    const other = new Wheel();
    expect([other.turn(20, 0), other.turn(20, 300)]).toEqual([0, 0]);
  });
});

describe('listenToWheel', () => {
  it('leaves zooming, sideways moves and lists within a slide to the browser', () => {
    const scroller = document.body.appendChild(document.createElement('div'));
    const list = scroller.appendChild(document.createElement('div'));
    list.style.overflowY = 'auto';
    Object.defineProperty(list, 'scrollHeight', { value: 500 });
    const steps: number[] = [];
    listenToWheel(scroller, (by) => steps.push(by));
    const send = (target: Element, init: WheelEventInit): boolean => {
      const event = new WheelEvent('wheel', { bubbles: true, cancelable: true, ...init });
      Object.defineProperty(event, 'ctrlKey', { value: init.ctrlKey ?? false }); // happy-dom's has none
      return target.dispatchEvent(event);
    };
    expect(send(scroller, { deltaY: 100, ctrlKey: true })).toBe(true);
    expect(send(scroller, { deltaX: 100, deltaY: 10 })).toBe(true);
    expect(send(list, { deltaY: 100 })).toBe(true);
    expect(steps).toEqual([]);
    expect(send(scroller, { deltaY: 100 })).toBe(false);
    expect(steps).toEqual([1]);
  });
});
