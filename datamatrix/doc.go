// Package datamatrix reads what the desk scans: the attestation of a
// complementary insurer, the INS identity label, 2D-Doc documents, GS1 boxes,
// and whatever else passes under the scanner by mistake.
//
// ParseText takes what a scanner sent and gives the kind of code, its typed
// value, and the list of what had to be mended: symbology identifiers, framing,
// case, keyboard layouts that disagree, separators lost or written in letters,
// double scans. Nothing is repaired silently, and Strict refuses repairs.
//
//	l, err := datamatrix.ParseText(scan, datamatrix.OptionsTexte{})
//	if err != nil {
//		var e *datamatrix.Erreur
//		if errors.As(err, &e) {
//			show(e.Message()) // French, for the agent
//		}
//		return err
//	}
//	switch v := l.Valeur.(type) {
//	case datamatrix.AttestationAMC:
//		cles, anomalies := v.Cles(nil) // candidates for the directory of insurers
//	case datamatrix.INS:
//		…
//	}
//
// The code of an attestation holds no date and proves no right: ask the
// insurer. The INS label is not signed. A 2D-Doc is genuine only when Etat is
// SignatureValide.
//
// Encode makes the symbols, for printing, tests and demonstrations.
//
// Codes hold personal data. Member numbers, identities, and every raw text are
// masked in each printed form, in JSON and in logs; Clair gives them. Masque
// gives a text that may be shown to support staff.
package datamatrix
