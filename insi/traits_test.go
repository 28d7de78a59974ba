package insi

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
)

func naissance(t testing.TB, s string) simphonie.DateNaissance {
	t.Helper()
	d, err := simphonie.ParseDateNaissance(s)
	require.NoError(t, err)
	return d
}

func prenoms(s string) []simphonie.Confidentiel {
	var ps []simphonie.Confidentiel
	for p := range strings.FieldsSeq(s) {
		ps = append(ps, conf(p))
	}
	return ps
}

func traits(t testing.TB, nom, liste string, sexe Sexe, ne string) Traits {
	return Traits{Nom: conf(nom), Prenoms: prenoms(liste), Sexe: sexe, Naissance: naissance(t, ne)}
}

// codes lists the codes and places of every error joined in err.
func codes(err error) []string {
	if j, ok := err.(interface{ Unwrap() []error }); ok {
		var cs []string
		for _, e := range j.Unwrap() {
			cs = append(cs, codes(e)...)
		}
		return cs
	}
	if e, ok := err.(*simphonie.Erreur); ok {
		return []string{string(e.Code) + " " + e.Chemin}
	}
	return nil
}

func TestTraitsNormalises(t *testing.T) {
	avant := traits(t, "d’Artagnan de l'Hérault", "Pierre-Alain Muriel", Masculin, "1950-42-00")
	avant.Lieu = conf("2A020")
	n, err := avant.normalises()
	require.NoError(t, err)
	assert.Equal(t, "D'ARTAGNAN DE L'HERAULT", n.Nom.Clair())
	assert.Equal(t, "PIERRE-ALAIN", n.Prenoms[0].Clair())
	assert.Equal(t, "1950-42-00", n.Naissance.Clair(), "a lunar date goes as it is")
	assert.Equal(t, "d’Artagnan de l'Hérault", avant.Nom.Clair(), "the stored value is untouched")
}

// Every fault comes back at once.
func TestTraitsRefuses(t *testing.T) {
	_, err := Traits{}.normalises()
	assert.Equal(t, []string{"INSI-OBLIGATOIRE traits.nom", "INSI-OBLIGATOIRE traits.prenoms", "INSI-SEXE traits.sexe", "INSI-OBLIGATOIRE traits.naissance"}, codes(err))
	mauvais := traits(t, "X3", "A B2", "I", "50-03-12")
	mauvais.Lieu = conf("63A20")
	mauvais.Prenoms = append(mauvais.Prenoms, conf(""))
	_, err = mauvais.normalises()
	assert.Equal(t, []string{"INSI-LEXIQUE traits.nom", "INSI-LEXIQUE traits.prenoms[1]", "INSI-OBLIGATOIRE traits.prenoms[2]", "INSI-SEXE traits.sexe",
		"INSI-NAISSANCE-SIECLE traits.naissance", "INSI-LIEU traits.lieu"}, codes(err))
	_, err = traits(t, "X", strings.Repeat("A ", MaxPrenoms+1), Feminin, "1980-01-01").normalises()
	assert.Equal(t, []string{"INSI-PRENOMS traits.prenoms"}, codes(err))
	assert.True(t, err.(*simphonie.Erreur).LimiteLocale)
	_, err = traits(t, "X", strings.Repeat("A ", MaxPrenoms), Feminin, "1980-01-01").normalises()
	assert.NoError(t, err)
	blanc := traits(t, "X", "A", Feminin, "1980-01-01")
	blanc.Nom, blanc.Prenoms[0] = conf("  "), conf("\t\u00a0")
	_, err = blanc.normalises()
	assert.Equal(t, []string{"INSI-OBLIGATOIRE traits.nom", "INSI-OBLIGATOIRE traits.prenoms[0]"}, codes(err), "blanks are nothing")
}

func TestFormeCOG(t *testing.T) {
	for s, ok := range map[string]bool{"63220": true, "2A020": true, "2B020": true, "99100": true, "97411": true, "2C020": false, "6322": false, "632200": false, "1A020": false, "2a020": false} {
		assert.Equal(t, ok, formeCOG(s), s)
	}
}

func TestAttributs(t *testing.T) {
	for code, a := range map[string]Attributs{"INSI-ATTRIBUTS attributs": {Douteux: true, Fictif: true},
		"INSI-DOUTEUX attributs.douteux": {Douteux: true, Homonyme: true}, "INSI-FICTIF attributs.fictif": {Fictif: true}} {
		assert.Equal(t, []string{code}, codes(a.Valide()))
	}
	assert.NoError(t, Attributs{Homonyme: true}.Valide())
}

func TestCarteVitale(t *testing.T) {
	c := CarteVitale{Individu: simphonie.NIRRecu("2751263220749"), Ouvrant: simphonie.NIRRecu("275126322074974"), Nom: conf("Adrün"), Naissance: naissance(t, "1975-12-31"), Rang: 1}
	n, err := c.normalisee()
	require.NoError(t, err)
	assert.Equal(t, "ADRUN", n.Nom.Clair())
	c.Nom = conf("    ")
	n, err = c.normalisee()
	require.NoError(t, err)
	assert.True(t, n.Nom.IsZero(), "a padded field is empty")
	_, err = CarteVitale{Nom: conf("-"), Rang: 10}.normalisee()
	assert.Equal(t, []string{"INSI-OBLIGATOIRE carte", "INSI-LEXIQUE carte.nom", "INSI-OBLIGATOIRE carte.naissance", "INSI-RANG carte.rang"}, codes(err))
	_, err = CarteVitale{Individu: simphonie.NIRRecu("275126322074975"), Ouvrant: simphonie.NIRRecu("27512"), Naissance: naissance(t, "75-12-31")}.normalisee()
	assert.Equal(t, []string{"INSI-MATRICULE carte.individu", "INSI-MATRICULE carte.ouvrant", "INSI-NAISSANCE-SIECLE carte.naissance"}, codes(err))
	assert.ErrorIs(t, err, simphonie.ErrCle)
	_, err = CarteVitale{Ouvrant: simphonie.NIRRecu("2751263220749"), Nom: conf(strings.Repeat("A", MaxNom+1)), Naissance: naissance(t, "1975-12-31")}.normalisee()
	assert.Equal(t, []string{"INSI-LONGUEUR carte.nom"}, codes(err))
}

func TestOID(t *testing.T) {
	for o, libelle := range map[OID]string{OIDNIR: "INS-NIR", OIDNIA: "INS-NIA", OIDTest: "INS-NIR test", OIDDemo: "INS-NIR démonstration", OIDINSC: "INS-C", "1.2.3": ""} {
		assert.Equal(t, libelle, o.Libelle())
		assert.Equal(t, libelle != "", o.Known())
		assert.Regexp(t, formeOID, string(o))
	}
	assert.Equal(t, []OID{"1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11", "1.2.250.1.213.1.4.2"}, []OID{OIDNIR, OIDNIA, OIDTest, OIDDemo, OIDINSC})
	assert.True(t, OIDTest.Fictif() && OIDDemo.Fictif())
	assert.False(t, OIDNIR.Fictif() || OIDNIA.Fictif() || OIDINSC.Fictif())
	for _, o := range []string{"", ".1.2", "1.2.", "1..2.3", "ADRUN", "1.2.a", "2751263220749", "1.2.2751263220749", "1.2", strings.Repeat("1.", 40) + "1"} {
		assert.NotRegexp(t, formeOID, o)
	}
}
