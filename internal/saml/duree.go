package saml

import (
	"slices"
	"time"
)

// duree checks when, for whom and to whom the assertion is good.
func (v *Verification) duree(a *Assertion) error {
	tot, tard := v.Instant.Add(-v.Ecart), v.Instant.Add(v.Ecart)
	finie := func(t time.Time) bool { return !t.IsZero() && !tot.Before(t) }
	c := a.Conditions
	if c == nil {
		c = &Conditions{}
	}
	r := a.Confirmation
	if r == nil {
		r = &Confirmation{}
	}
	switch {
	case a.Emission.After(tard):
		return refus("SAML-FUTURE", "the assertion is issued in the future: check the clock")
	case tot.Sub(a.Emission) > v.AgeMax:
		return refus("SAML-AGE", "the assertion is too old: make another")
	case c.Debut.After(tard):
		return refus("SAML-PAS-ENCORE", "the assertion is not valid yet: check the clock")
	case finie(c.Fin) || finie(r.Fin):
		return refus("SAML-EXPIREE", "the assertion is no longer valid: make another")
	case v.Audience != "" && !slices.Contains(c.Audiences, v.Audience):
		return refus("SAML-AUDIENCE", "the assertion is not meant for that service")
	case v.Destinataire != "" && r.Destinataire != v.Destinataire:
		return refus("SAML-DESTINATAIRE", "the assertion is not addressed to that recipient")
	}
	return nil
}
