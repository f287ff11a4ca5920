package dev.countersign.it.wars.plain;

import jakarta.servlet.http.HttpFilter;

/** Lets everything pass. */
public class OtherFilter extends HttpFilter {}
