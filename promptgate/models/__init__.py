"""The models under test: requests, answers, recordings, the client, prices.

Separate from what is sent (prompts, suites) and from what is thought of the
answers (scorers, gate). Import from the modules; the SDK and vcrpy are imported
only when something is sent.

    request.py        Request, its digest, scrubbing
    response.py       parse_response(): the one parser of raw bodies
    cassette_file.py  Recording, and one cassette's text
    cassettes.py      Cassettes: the folder, found by digest
    maintenance.py    what is broken, old, superseded, unused
    client.py         Client.record(): jobs in, recordings or faults out
    session.py        one attempt through the SDK
    seam.py           where vcrpy hands over the wire
    pacing.py         room in flight, lanes to the disk
    limiter.py        how many requests may be in flight
    faults.py         the named ways to have no answer
    catalogue.py      the SDK's table of models
    prices.py         what tokens cost
    settings.py       [models]
"""
