// Package diapasontest simulates what the deferred debit speaks with: a payment
// platform with a clock that the test moves and a ledger of its own
// (NewPlateforme), and a carrier of notices (NewNotificateur). What they check,
// they check by themselves: they do not know the mandate.
package diapasontest
