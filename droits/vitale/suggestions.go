package vitale

import (
	"strings"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/droits"
)

// Suggestion is what a text of exemptions may mean. It decides nothing: a
// person reads the text (RG_BS680 to RG_BS683).
type Suggestion struct {
	Exoneration droits.Exoneration
	Mot         string // of the text, that made the suggestion
}

var mots = []Suggestion{
	{droits.ExoALD, "affection"}, {droits.ExoALD, "ald"}, {droits.ExoALD, "hors liste"},
	{droits.ExoBeneficiaire, "rente"}, {droits.ExoBeneficiaire, "pension"}, {droits.ExoBeneficiaire, "maternite"},
	{droits.ExoASPA, "fsv"}, {droits.ExoASPA, "fns"}, {droits.ExoASPA, "vieillesse"},
}

var sansAccents = strings.NewReplacer("é", "e", "è", "e", "ê", "e", "É", "e", "È", "e", "à", "a", "À", "a")

// Suggerer looks for known words in a text of exemptions.
func Suggerer(libelle simphonie.Confidentiel) []Suggestion {
	texte := strings.ToLower(sansAccents.Replace(libelle.Clair()))
	entier := strings.Join(strings.FieldsFunc(texte, func(r rune) bool { return (r < 'a' || r > 'z') && (r < '0' || r > '9') }), " ")
	var ss []Suggestion
	for _, m := range mots {
		if strings.Contains(" "+entier+" ", " "+m.Mot+" ") {
			ss = append(ss, m)
		}
	}
	return ss
}

var (
	regNaissance = simphonie.Regle{Code: "DROITS-VITALE-NAISSANCE", Source: "RG_BS601", Gravite: simphonie.AVerifier,
		Message: "La carte Vitale porte deux dates de naissance différentes."}
	regSiecle = simphonie.Regle{Code: "DROITS-VITALE-SIECLE", Source: "RG_BS601 CP03", Gravite: simphonie.AVerifier,
		Message: "La carte Vitale ne donne pas le siècle de la naissance : le demander."}
	regMedecin = simphonie.Regle{Code: "DROITS-VITALE-MEDECIN", Source: "RG_CF614", Gravite: simphonie.AVerifier,
		Message: "La carte Vitale porte un indicateur de médecin traitant inconnu."}
)

// Regles lists the rules of this package.
func Regles() []simphonie.Regle { return []simphonie.Regle{regNaissance, regSiecle, regMedecin} }
