package cdritest

import (
	"errors"
	"fmt"
	"slices"

	"github.com/beevik/etree"

	"github.com/simphonie/simphonie"
	"github.com/simphonie/simphonie/cdri/modele"
	"github.com/simphonie/simphonie/droits"
)

// ecrit writes DroitsConsultes as the page says, with nothing tolerated: what
// it has no place for, or breaks it, is an error that holds no value.
func ecrit(r *modele.Reponse) (*etree.Element, error) {
	if r.Droits != nil {
		if err := sansPlace(r.Droits); err != nil {
			return nil, err
		}
	}
	el, err := ReferenceReponse(r)
	if err != nil {
		return nil, err
	}
	if err := reponseUnite.Verifie(el, espaceReference); err != nil {
		return nil, err
	}
	return el, issueCoherente(r.Issue.Code, r.Droits != nil)
}

// issueCoherente says that rights come with the outcomes that have some.
func issueCoherente(code string, droits bool) error {
	switch {
	case code == Trouve && !droits:
		return errors.New("outcome TROUVE without Droits")
	case droits && (code == NonTrouve || code == Ambigu || code == RegimeNonOuvert):
		return errors.New("rights with an outcome that has none")
	}
	return nil
}

// sansPlace refuses data that CDRi has no entity for: answered without them,
// the rights would not be those that were registered.
func sansPlace(a *droits.Acquisition) error {
	m, adresse := a.MedecinTraitant, a.Beneficiaire.Adresse
	for _, c := range []struct {
		la    bool
		champ string
	}{
		{len(a.Particulieres) > 0, "particulieres"}, {!a.LibelleExo.IsZero(), "libelleExo"}, {a.C2SCarte != nil, "c2sCarte"}, {a.OC != "", "oc"},
		{!a.Beneficiaire.Certification.IsZero(), "beneficiaire.certification"},
		{m != nil && m.RPPS != "", "medecinTraitant.rpps"},
		{a.ATParDefaut != nil && a.ATParDefaut.Identifiant != "", "atParDefaut.identifiant"},
		{len(adresse) > 6 || len(adresse) > 0 && !slices.ContainsFunc(adresse, func(l simphonie.Confidentiel) bool { return !l.IsZero() }), "beneficiaire.adresse"},
	} {
		if c.la {
			return fmt.Errorf("droits.%s: CDRi does not say it", c.champ)
		}
	}
	return nil
}
