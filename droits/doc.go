// Package droits holds the patient's rights (AMO, C2S, AME) as supports give
// them, and says what they mean for one line of an invoice.
//
// An Acquisition is what one support said, kept as received: the CDRi answer, a
// Vitale card (package vitale reads it), a paper that an agent typed. A Dossier
// keeps them all with the log of what agents changed; Fusionner makes one
// acquisition of several, by what each support can give and by a stated
// preference, and each datum says where it comes from.
//
// What rights mean is pure functions, each step a coded rule:
//
//	DateReference       the day on which the rights of a line are looked at
//	Resoudre            rights, situations, nature d'assurance, organisme on that day
//	Destiner            electronic, paper or to decide, and to which organisme
//	DeciderTaux         rate and exemption of a line
//	Completer           who pays the complementary part: C2S, AME
//	ParcoursDeSoins     indicator of the care pathway
//	PJNature            nature of the proof
//	Controler           controls of the nature d'assurance
//	Comparer            what changed between admission and billing
//
// Each line of an invoice has its own reference date, so nothing is resolved
// once for an invoice. Tables and rates that are not public are loaded; without
// one, a person decides or the call fails, and nothing is guessed. A code that
// the SDK does not know never counts as "no right": it comes back as an anomaly
// to be checked by a person.
package droits
