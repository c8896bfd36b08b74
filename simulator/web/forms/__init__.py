"""What people and scripts send: WTForms for pages, a strict reader for the room's JSON."""
