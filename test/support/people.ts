import { ACME, ANA, BO, GLOBEX, KIM } from '../../server/sandbox/seed.js';
import { Person } from './person.js';

/** The sandbox's people, each at a browser of their own. */
export const people = {
  ana: () => new Person(ANA.id, ACME.id),
  anaAtGlobex: () => new Person(ANA.id, GLOBEX.id),
  bo: () => new Person(BO.id, ACME.id),
  kim: () => new Person(KIM.id, null),
};
