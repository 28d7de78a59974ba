// Package sejour prices what a stay leaves to the patient and to complementary
// bodies: ticket modérateur, forfait journalier, participation forfaitaire and
// the charges that the establishment adds. Its lines are what SIM and CLC take.
//
// It does not price the GHS. The base of the stay is given, or loaded, by
// period; the AMO part of a line is what the rate leaves of that base, not what
// the Assurance Maladie pays the establishment: fides.Perimetre says whether
// a stay is billed to it at all.
//
// The way of a stay:
//
//  1. examine: are the data complete and consistent? Every fault is an anomaly.
//  2. rights, day by day: what changes during the stay cuts its lines.
//  3. threshold: does a heavy act replace the ticket modérateur by the
//     participation forfaitaire?
//  4. lines: bases, forfait journalier, other charges; who owes each.
//  5. proof: the parts of every line add up to what it asks.
//
// Little of this is printed in public texts. What is not comes from loaded
// prices and rates (an absent one is a typed error), from a decision of the
// caller with its reference, or from an Interpretation that the explanation names.
package sejour
