import { planEvents, planLastDay } from "@/scripts/demo/scenes";
import { newSimulation, type Settings, type Simulation } from "@/scripts/demo/simulation";
import { planWork } from "@/scripts/demo/work";
import type { World } from "@/scripts/demo/world";

/**
 * The organisation's history up to `settings.now`: its events in order, its
 * ground truth, and everything that is still under way, ready to go on.
 */
export function simulate(world: World, settings: Settings): Simulation {
  const simulation = newSimulation(world, settings);
  const from = simulation.agenda.now;
  for (const line of simulation.lines.values()) planWork(simulation, line, from, settings.now);
  planEvents(simulation);
  planLastDay(simulation);
  simulation.agenda.advance(settings.now);
  return simulation;
}
