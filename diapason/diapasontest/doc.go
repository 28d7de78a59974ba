// Package diapasontest simulates what patients pay through: a payment platform
// with a clock that the test moves and a ledger of its own (NewPlateforme), a
// carrier of notices (NewNotificateur), a card terminal (NewTerminal), the
// DGFiP's payment page (NewPayFiP). What they check, they check by themselves:
// they know neither the mandate nor the clients.
package diapasontest
