// Package annuaire finds where to reach a complementary insurer (AMC): the
// addresses of its services IDB, SIM, CLC and annulation, and the mailbox of
// its DRE, from the key that the patient's attestation gives.
//
//	canal, err := teleservice.NewCanal(configuration) // mutual TLS, address of the directory
//	client, err := annuaire.New(canal, annuaire.Options{
//		Parametres: annuaire.Parametres{Editeur: "…", Date: …, Services: …},
//		Codec:      codec,
//	})
//	r, err := client.Cherche(ctx, annuaire.Demande{EJ: ej, Cle: cle, Service: annuaire.IDB})
//	switch r.Issue {
//	case annuaire.Trouvee:
//		… // r.Adresses(), in the order in which to try them
//	case annuaire.AChoisir:
//		… // r.Entrees: the agent decides
//	case annuaire.HorsAnnuaire:
//		… // the paper circuit: nothing is wrong with the cover
//	}
//
// # What is public, what is not
//
// The request is public in its DRE use, and Parametres fills what is known of
// it: version R01, norm DRE V1.0, address type MEL. Service codes, norms,
// versions and address types of the other services, and the form of the date,
// are not public: they are mandatory settings, and without them a call is
// ErrParametreAnnuaire. The answer is not public either: a Codec reads it, and
// package annuaire/reference holds one that is not official.
//
// # Where an answer comes from
//
// First the Table that the establishment loaded, then the memory of the
// client, then the directory. When the directory fails, the last good answer is
// given with its age, and Origine says so. Instantane keeps the memory over a
// restart. An insurer is not its operator: many insurers share one, and a Table
// says which.
//
// Addresses are not trusted: Politique drops those that are not https, hold
// credentials, lead to a private network or to a host that is not allowed.
package annuaire
