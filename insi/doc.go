// Package insi searches the national health identity of a patient (INS) in the
// teleservice INSi of the Assurance Maladie, by the contract of its public WSDL
// 1.5.0: by identity traits and by Vitale card.
//
//	canal, err := teleservice.NewCanal(configuration)
//	client, err := insi.New(canal, insi.Options{})
//	r, err := client.Recherche(ctx, insi.Demande{EJ: ej, Traits: traits, Attributs: attributs})
//	if err != nil {
//		p, _ := insi.PanneDe(err) // French: what happened, what to do
//		…
//	}
//	switch r.Issue {
//	case insi.Trouvee:
//		identite := insi.Identite{Traits: traits, Attributs: attributs, INS: r.Individu}
//		…                              // r.Ecarts: what the agent compares with the document
//	case insi.Aucune, insi.Plusieurs:
//		…                              // r.Suites: what the agent may try next
//	}
//
// # Order of the calls
//
// A search by traits calls once for each first name in order, then once with all
// of them, and stops at the first identity or the first error. When some calls
// found several people and none found one, the most precise of them is made again
// with the birth place, if it is known. Nothing else is automatic: another name,
// another date or a missing first name belong to the agent, and Suites proposes
// them in order. Tentatives tells each call without any personal data.
//
// # What leaves, what is kept
//
// Names are stored as the document writes them; Normalise gives the writing of
// INSi when a call is made. What INSi gives is kept verbatim, former matricules
// in their order and wrong keys included, with an anomaly for each oddity.
//
// A matricule and its authority go to others only from an identity that is
// qualified: given by INSi, validated on a document of high trust, neither
// doubtful nor fictitious. Identite.Statut derives it and Identite.Matricule
// holds the door. The platform of qualification gives its fictitious people the
// OID of real ones, so that an identity carries its environment, and never
// enters another.
//
// # What is not here
//
// The INS referential wants an identity to be retrieved when the patient comes:
// there is no helper for lists, and none should be built on this package. The
// verification operations (WS_INS3 to WS_INS5), which exist for whole bases, have
// no public contract.
package insi
