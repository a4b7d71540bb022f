"""Who is who in one report: names, titles, common nouns, pronouns and seats of power, each tied to a local actor."""
