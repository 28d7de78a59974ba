package b2

import "github.com/simphonie/simphonie"

// Type2 opens an invoice: who is cared for, for whom the Assurance Maladie
// pays, when, and in which situation (RG_MF631).
type Type2 struct {
	Cle
	NumeroEntree string // 0240, of the stay or visit in the establishment
	// Organisme that receives the invoice: 0249, 0251, 0254. An unset centre
	// is "".
	Organisme          simphonie.Organisme
	PieceJustificative string         // 0258, nature of the document that proves rights; "0" is none
	NatureAssurance    string         // 0277: 10, 13, 30, 41 or 90
	Exoneration        string         // 0279, exemption of the whole invoice; "0" is none
	Hospitalisation    simphonie.Jour // 0280, date of entry
	// NumeroAT, nine digits, or DateAccident: 0286, accident at work, or
	// date of an accident de droit commun.
	NumeroAT       simphonie.Confidentiel
	DateAccident   simphonie.Jour
	Eclatement     bool                    // 0295: F, the complementary part goes in a flow of its own
	DateNaissance  simphonie.DateNaissance // 0296, read without century
	RangNaissance  int                     // 02102
	Entree, Sortie simphonie.Jour          // 02103, 02109
	HeureSortie    int                     // 02115
	TypeContrat    string                  // 02117: "" or 89
	// OrganismeComplementaire is filled for AME and C2S only: 02119, without
	// the zeros before it.
	OrganismeComplementaire simphonie.NumeroAMC
}

// Type gives T2.
func (*Type2) Type() Type { return T2 }

func (t *Type2) visite(c *champs) {
	c.cle(&t.Cle)
	c.code(40, &t.NumeroEntree)
	c.code(49, &t.Organisme.Regime)
	c.code(51, &t.Organisme.Caisse)
	c.code(54, &t.Organisme.Centre)
	c.chiffres(58, &t.PieceJustificative)
	c.code(77, &t.NatureAssurance)
	c.texteA(79, &t.Exoneration)
	c.jour(80, &t.Hospitalisation)
	c.accident(86, &t.NumeroAT, &t.DateAccident)
	c.drapeau(95, 'F', &t.Eclatement)
	c.naissance(96, &t.DateNaissance)
	c.entier(102, &t.RangNaissance)
	c.jour(103, &t.Entree)
	c.jour(109, &t.Sortie)
	c.entier(115, &t.HeureSortie)
	c.code(117, &t.TypeContrat)
	c.organisme(119, &t.OrganismeComplementaire)
}

// Type2S completes the type 2: titre, certified NIR of the patient, médecin
// traitant, parcours de soins (RG_MF632).
type Type2S struct {
	Cle
	ComplementTitre    string                 // 2S42: public establishments, 000, code produit, 00
	NIRIndividuel      simphonie.NIR          // 2S50, 2S63: certified NIR of the patient
	TopMedecinTraitant string                 // 2S71: O, N or ""
	NomMedecinTraitant simphonie.Confidentiel // 2S72, or the doctor who sent the patient
	PrenomMedecin      simphonie.Confidentiel // 2S97
	NumeroAMMedecin    string                 // 2S112
	IndicateurParcours string                 // 2S121
}

// Type gives T2S.
func (*Type2S) Type() Type { return T2S }

func (t *Type2S) visite(c *champs) {
	c.cle(&t.Cle)
	c.code(42, &t.ComplementTitre)
	c.nir(50, 63, &t.NIRIndividuel)
	c.texteA(71, &t.TopMedecinTraitant)
	c.confidentiel(72, &t.NomMedecinTraitant)
	c.confidentiel(97, &t.PrenomMedecin)
	c.code(112, &t.NumeroAMMedecin)
	c.texteA(121, &t.IndicateurParcours)
}
