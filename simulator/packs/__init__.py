"""Question packs: folders (or zips) of YAML files, read into questions and blueprints. No database, no HTTP.

`loading.load_pack` reads a pack or raises `problems.PackInvalid` with everything that is wrong with it;
`lint.lint_packs` adds what could be better about packs that load; `schema.json_schemas` describes the files to editors.
"""
