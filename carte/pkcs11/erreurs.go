package pkcs11

import (
	"errors"

	p11 "github.com/miekg/pkcs11"

	"github.com/simphonie/simphonie"
)

// erreur is an error of the card. Nothing of the holder is in it.
func erreur(c simphonie.Code, detail string, err error) *simphonie.Erreur {
	return &simphonie.Erreur{Code: c, Service: "carte", Detail: detail, Err: err}
}

// parties are the answers of a library whose card, or session, is no more.
var parties = []p11.Error{
	p11.CKR_DEVICE_REMOVED, p11.CKR_TOKEN_NOT_PRESENT, p11.CKR_SESSION_CLOSED, p11.CKR_SESSION_HANDLE_INVALID,
	p11.CKR_CRYPTOKI_NOT_INITIALIZED, p11.CKR_SLOT_ID_INVALID,
}

// est says that an answer of the library is one of these.
func est(err error, codes ...p11.Error) bool {
	var e p11.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, c := range codes {
		if e == c {
			return true
		}
	}
	return false
}

// traduit names an answer of the library that has no meaning of its own here.
func traduit(operation string, err error) error {
	if est(err, parties...) {
		return retiree(err)
	}
	return erreur("CARTE-LECTEUR", operation+" failed in the library of the card", err)
}

func retiree(err error) error {
	return erreur("CARTE-RETIREE", "the card has left its reader, or its holder was logged out: open it again, with its PIN", err)
}

func fermee() error {
	return erreur("CARTE-FERMEE", "the card or its library has been closed by the program", nil)
}

// siOuvert forgets that what is being closed was closed already.
func siOuvert(err error) error {
	var e *simphonie.Erreur
	if errors.As(err, &e) && e.Code == "CARTE-FERMEE" {
		return nil
	}
	return err
}

// refusPIN says what a refused PIN costs. It is never tried again from here.
func refusPIN(err error, j Jeton) error {
	switch {
	case est(err, p11.CKR_PIN_LOCKED) || j.PINBloque:
		return pinBloque(err)
	case est(err, p11.CKR_FUNCTION_CANCELED, p11.CKR_CANCEL):
		return erreur("CARTE-PIN-ABANDON", "the holder gave up on the keypad of the reader", err)
	case est(err, p11.CKR_PIN_INCORRECT, p11.CKR_PIN_INVALID, p11.CKR_PIN_LEN_RANGE) && j.DernierEssai:
		return erreur("CARTE-PIN", "wrong PIN; one attempt is left, then the card is locked", err)
	case est(err, p11.CKR_PIN_INCORRECT, p11.CKR_PIN_INVALID, p11.CKR_PIN_LEN_RANGE):
		return erreur("CARTE-PIN", "wrong PIN; attempts are counted by the card, which locks itself: ask the holder again, never repeat", err)
	}
	return traduit("login", err)
}

func pinBloque(err error) error {
	return erreur("CARTE-PIN-BLOQUE", "the PIN is locked: the holder must have the card unlocked", err)
}
