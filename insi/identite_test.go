package insi

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/teleservice"
)

func recue(t *testing.T) *Individu {
	r, err := lis(t, adrun)
	require.NoError(t, err)
	r.individu.Environnement, r.individu.RecuLe, r.individu.MessageID = teleservice.Production, time.Date(2026, 11, 21, 10, 0, 0, 0, time.UTC), "uuid:1"
	return r.individu
}

func TestCompare(t *testing.T) {
	de := TIQ{Nom: conf("D'ARTAGNAN"), Prenoms: conf("PIERRE-ALAIN MURIEL FLORIANT"), Sexe: Masculin, Naissance: naissance(t, "2001-06-17"), Lieu: conf("63220")}
	nous := traits(t, "d’Artagnan", "Pierre-Alain Muriel Floriant", Masculin, "2001-06-17")
	nous.Lieu = conf("63220")
	assert.Empty(t, Compare(nous, de))
	un := func(change func(*Traits, *TIQ)) []Ecart {
		n, d := nous, de
		change(&n, &d)
		return Compare(n, d)
	}
	assert.Equal(t, []Ecart{{TraitNom, Different}}, un(func(n *Traits, _ *TIQ) { n.Nom = conf("DURAND") }))
	assert.Equal(t, []Ecart{{TraitNom, Different}}, un(func(n *Traits, _ *TIQ) { n.Nom = conf("DURAND2") }), "a name that breaks the rules")
	assert.Equal(t, []Ecart{{TraitPrenoms, Partiel}}, un(func(n *Traits, _ *TIQ) { n.Prenoms = prenoms("Muriel") }))
	assert.Equal(t, []Ecart{{TraitPrenoms, Partiel}}, un(func(n *Traits, _ *TIQ) { n.Prenoms = prenoms("Pierre-Alain Floriant") }))
	assert.Equal(t, []Ecart{{TraitPrenoms, Different}}, un(func(n *Traits, _ *TIQ) { n.Prenoms = prenoms("Muriel Pierre-Alain") }), "another order")
	assert.Equal(t, []Ecart{{TraitPrenoms, Different}}, un(func(n *Traits, _ *TIQ) { n.Prenoms = prenoms("Pierre-Alain Muriel Floriant Jean") }))
	assert.Empty(t, un(func(n *Traits, d *TIQ) { d.Prenom, d.Prenoms = conf("MURIEL"), conf(""); n.Prenoms = prenoms("Muriel") }), "the first name apart, when there is no list")
	assert.Equal(t, []Ecart{{TraitSexe, Different}, {TraitNaissance, Different}}, un(func(n *Traits, _ *TIQ) { n.Sexe, n.Naissance = Feminin, naissance(t, "2001-00-00") }))
	assert.Equal(t, []Ecart{{TraitLieu, NonConnu}}, un(func(n *Traits, _ *TIQ) { n.Lieu = conf("") }))
	assert.Equal(t, []Ecart{{TraitLieu, NonRecu}}, un(func(_ *Traits, d *TIQ) { d.Lieu = conf("") }))
}

// The matricule leaves for others only when the identity is qualified.
func TestStatut(t *testing.T) {
	piece := &Validation{Piece: "passeport", HauteConfiance: true, Le: simphonie.MustJour("2026-11-21")}
	bonne := traits(t, "Adrun", "Zoé", Feminin, "1975-12-31")
	autre := traits(t, "Martin", "Zoé", Feminin, "1975-12-31")
	accepte := &Validation{Piece: "passeport", HauteConfiance: true, Le: simphonie.MustJour("2026-11-21"), Ecarts: []Trait{TraitNom}}
	for _, c := range []struct {
		nom    string
		i      Identite
		statut Statut
		code   simphonie.Code
	}{
		{"typed", Identite{Traits: bonne}, Provisoire, "INSI-NON-QUALIFIEE"},
		{"seen on a document", Identite{Traits: bonne, Validation: piece}, Validee, "INSI-NON-QUALIFIEE"},
		{"given by INSi", Identite{Traits: bonne, INS: recue(t)}, Recuperee, "INSI-NON-QUALIFIEE"},
		{"both", Identite{Traits: bonne, INS: recue(t), Validation: piece}, Qualifiee, ""},
		{"homonym", Identite{Traits: bonne, Attributs: Attributs{Homonyme: true}, INS: recue(t), Validation: piece}, Qualifiee, ""},
		{"doubtful afterwards", Identite{Traits: bonne, Attributs: Attributs{Douteux: true}, INS: recue(t), Validation: piece}, Provisoire, "INSI-DOUTEUX"},
		{"fictitious", Identite{Traits: bonne, Attributs: Attributs{Fictif: true}, INS: recue(t), Validation: piece}, Provisoire, "INSI-FICTIF"},
		{"another name", Identite{Traits: autre, INS: recue(t), Validation: piece}, Recuperee, "INSI-ECARTS"},
		{"another name, accepted", Identite{Traits: autre, INS: recue(t), Validation: accepte}, Qualifiee, ""},
		{"weak document", Identite{Traits: bonne, INS: recue(t), Validation: &Validation{Piece: "carte Vitale", Le: piece.Le}}, Recuperee, "INSI-NON-QUALIFIEE"},
		{"no document", Identite{Traits: bonne, INS: recue(t), Validation: &Validation{HauteConfiance: true, Le: piece.Le}}, Recuperee, "INSI-NON-QUALIFIEE"},
		{"no date", Identite{Traits: bonne, INS: recue(t), Validation: &Validation{Piece: "passeport", HauteConfiance: true}}, Recuperee, "INSI-NON-QUALIFIEE"},
	} {
		assert.Equal(t, c.statut, c.i.Statut(), c.nom)
		n, oid, err := c.i.Matricule(teleservice.Production)
		if c.code == "" {
			require.NoError(t, err, c.nom)
			assert.Equal(t, "275126322074974", n.Clair())
			assert.Equal(t, OIDNIR, oid)
			continue
		}
		require.Error(t, err, c.nom)
		assert.Equal(t, c.code, err.(*simphonie.Erreur).Code, c.nom)
		assert.True(t, n.IsZero() && oid == "", c.nom)
	}
}

// An OID of real people does not take an identity of qualification into production.
func TestMatriculeEnvironnement(t *testing.T) {
	i := Identite{Traits: traits(t, "Adrun", "Zoé", Feminin, "1975-12-31"), INS: recue(t), Validation: &Validation{Piece: "passeport", HauteConfiance: true, Le: simphonie.MustJour("2026-11-21")}}
	for env, vers := range map[teleservice.Environnement]teleservice.Environnement{teleservice.Qualification: teleservice.Production, teleservice.Production: teleservice.Qualification, 0: 0} {
		i.INS.Environnement = env
		_, _, err := i.Matricule(vers)
		require.Error(t, err)
		assert.Equal(t, simphonie.Code("INSI-ENVIRONNEMENT"), err.(*simphonie.Erreur).Code)
	}
	i.INS.Environnement = teleservice.Production
	i.INS.Actif.Cle = conf("75")
	n, _, err := i.Matricule(teleservice.Production)
	require.NoError(t, err, "a wrong key is transmitted as received")
	assert.Equal(t, "275126322074975", n.Clair())
	i.INS.Actif.Numero = conf("27512632207")
	_, _, err = i.Matricule(teleservice.Production)
	assert.Equal(t, []string{"INSI-MATRICULE identite.ins.actif"}, codes(err))
}

// An identity is stored whole, and read back the same, status included.
func TestIdentiteStockee(t *testing.T) {
	i := Identite{Traits: traits(t, "Adrun", "Zoé", Feminin, "1975-12-31"), Attributs: Attributs{Homonyme: true}, INS: recue(t),
		Validation: &Validation{Piece: "passeport", HauteConfiance: true, Le: simphonie.MustJour("2026-11-21"), Ecarts: []Trait{TraitLieu}}}
	b, err := simphonie.MarshalEnClair(i)
	require.NoError(t, err)
	var lue Identite
	require.NoError(t, json.Unmarshal(b, &lue))
	assert.Equal(t, i, lue)
	assert.Equal(t, Qualifiee, lue.Statut())
	masque, err := json.Marshal(i)
	require.NoError(t, err)
	for _, secret := range []string{"ADRUN", "Adrun", "2751263220749", "1975-12", "63220"} {
		assert.False(t, strings.Contains(string(masque), secret), secret)
		assert.True(t, secret == "Adrun" || strings.Contains(string(b), secret), secret)
	}
}

func TestAnomaliesDOID(t *testing.T) {
	i := recue(t)
	assert.Empty(t, i.oidDeplaces())
	i.Actif.OID = OIDTest
	assert.Equal(t, []simphonie.Code{"INSI-REP-OID-FICTIF"}, i.oidDeplaces().Codes())
	i.Environnement = teleservice.Qualification
	assert.Empty(t, i.oidDeplaces())
	i.Actif.OID = OIDNIR
	assert.Equal(t, []simphonie.Code{"INSI-REP-OID-REEL"}, i.oidDeplaces().Codes())
}
