// Package diapason takes the patient's part of an invoice, at the desk or after
// the care. Its mandate (package mandat) is the deferred debit; Executant
// carries out what a mandate says is due.
//
//	x, err := diapason.New(diapason.Config{Plateforme: plateforme, Notificateur: sms, Journal: journal, Garde: base.Enregistre, Gabarit: gabarit})
//	m, err := mandat.New(proposition, maintenant)
//	m, effets, err := x.Scelle(ctx, m, diapason.Consentement{…})                      // at the desk
//	m, effets, err = x.Applique(ctx, m, mandat.FactureFinale{…})                      // the amount is known
//	m, effets, err = x.Avance(ctx, m)                                                 // every day, and after a crash
//
// Every step is saved (Config.Garde) before anything leaves. An order that
// moves money is sent once: package journal holds the intention before it and
// the result after. When an answer is lost the mandate is incertain: an enquiry
// to the platform leads out of it, or what a person established (mandat.Constat),
// after which nothing is sent again. A notice may be handed over twice after a
// failure, and is never lost.
//
// The effects that come back are those left to the caller: propose another
// means of payment, erase a copy of the alias.
//
// The ports are in package modele: the interface of the programme with its
// platform is not public. diapasontest.NewPlateforme is a simulator.
//
// Executant is safe for concurrent use; one mandate has one call at a time, and
// Garde refuses a revision that it has already saved.
package diapason
