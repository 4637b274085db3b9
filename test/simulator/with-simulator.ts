import { startSimulator, type Simulator, type SimulatorOptions } from '../../src/simulator/simulator.js';

/** Runs `use` against a fresh simulator on a free port of 127.0.0.1, and always closes it. A defect of the simulator fails the test. */
export async function withSimulator<T>(options: SimulatorOptions, use: (sim: Simulator) => Promise<T>): Promise<T> {
  const bugs: unknown[] = [];
  const sim = await startSimulator({ onBug: (error) => void bugs.push(error), ...options });
  let result: T;
  try {
    result = await use(sim);
  } finally {
    await sim.close();
  }
  if (bugs.length > 0) throw new Error('the simulator met a defect of its own', { cause: bugs[0] });
  return result;
}
