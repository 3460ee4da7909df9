"""The engines that keep tables and run SQL; no other room imports one."""
