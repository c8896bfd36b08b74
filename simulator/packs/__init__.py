"""Question packs: folders (or zips) of YAML files, read into questions and blueprints. No database, no HTTP.

`loading.load_pack` reads a pack or raises `problems.PackInvalid` with everything that is wrong with it;
`lint.lint_pack` adds warnings about a pack that loads; `schema.json_schemas` describes the files to editors.
"""
