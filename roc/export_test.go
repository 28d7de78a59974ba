package roc

// Controle is for the tests.
var Controle = controle
