// Package payfip takes the payment of a debt on the DGFiP's payment page
// (PayFiP Régie, web service): another way to pay when a deferred debit cannot
// be made.
//
//	client, err := payfip.New(payfip.Config{
//		EJ: "750712184", NumCli: "090909", Saisie: payfip.Essai, Magasin: magasin,
//		Notification: "https://gap.example/payfip", Retour: "https://gap.example/retour",
//	})
//	o, err := client.Ouvre(ctx, payfip.Demande{
//		EJ: "750712184", Exercice: 2026, Refdet: "F2026000123", Montant: 1700, Mel: mel,
//	})
//	… // send the patient to o.Page
//	http.Handle("/payfip", client.Notification(ctx))
//	go client.Boucle(ctx, time.Minute)
//	d, err := client.ConsulteOp(ctx, id) // when the patient comes back
//	d.Bilan()                            // Paye, and Engage, which is not settled
//
// # One debt, one payment
//
// Two operations of one debt could both be paid. A Dossier holds every
// operation that was made for a debt, and Ouvre makes another only when none of
// the former can be paid any more. The intention is in the Magasin before
// anything leaves, so that two desks do not make two.
//
//	demandee → en-attente → payee                   P: paid by card
//	    ↓          ↓      → engagee → encaissee     V: direct debit, then what the account shows
//	non-creee      ↓                → impayee
//	               ↓      → abandonnee, refusee     A; R, Z
//	            expiree   → the same, late          P5, 20 minutes after the creation
//	               ↓
//	            purgee                              P1: forgotten in the night, not paid
//
// An answer counts only if it is of what was asked: client number, reference,
// amount, mode, year. A result of test or activation is never paid.
//
// No rule of the page tells an operation from its repetition: a creation whose
// answer is lost is never repeated by itself.
package payfip
