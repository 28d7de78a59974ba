// Package roc speaks with complementary insurers (AMC): rights (IDB),
// simulation of what they pay (SIM), the amounts that they commit to (CLC), and
// the annulation of a CLC.
//
//	c, err := roc.New(roc.Config{Canal: canal, Annuaire: annuaire, Codec: codec, Journal: journal, Secret: secret})
//	d, err := dossier.New(venue, amc)
//	suite, _, err := c.IDB(ctx, &d, roc.DemandeIDB{Entete: entete})
//	d = suite.Dossier // save it: dossier.Encode
//	suite, calcul, err := c.CLC(ctx, &d, roc.DemandeCLC{Entete: entete, Chiffrage: chiffrage})
//	parts := suite.Dossier.Parts() // what the insurer committed to: facture.Engage
//
// Each call takes the Dossier of a visit with one insurer and gives the next
// one, with what is wrong and what to do. Package dossier holds its rules.
//
// IDB and SIM are reads: the channel retries them, and every address of the
// directory is tried. CLC and Annule commit money: they are sent once, to one
// address. The journal holds the intention before and the result after. A lost
// answer is an error with IssueInconnue: the dossier is AClarifier, the exchange
// stands on Client.AClarifier, and only Decide takes it away. Reprend does the
// same for a program that stopped in between.
//
// A refusal of the insurer is an answer, not an error: Issue tells it. PanneDe
// words an error for the agent.
//
// A patient with several insurers has one dossier each. Couvertures orders them:
// each is told the parts of those before it, one by one; nothing is added up.
//
// The norm HospiAMC is handed to registered editors: they write the Codec, and
// roctest.RunCodecSuite holds it to what is expected of it. Package reference is
// a codec that is not official, for simulators.
//
// Client is safe for concurrent use.
package roc
