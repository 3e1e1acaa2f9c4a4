"""What people forbid as a way of acting, and what belongs to it, as data: jokes, promises.

The form is that of `subjects`. A line that begins with `persona` is about who the assistant is: its
names, such as 'opinion', are the assistant's own only in a prohibition ('the user's opinion').
"""

from __future__ import annotations

# name: names | what falls under it | what only looks like it
CONDUCT = """
persona opinions: opinion, personal opinion, view, personal view, stance, your opinion, your view,
    take side, taking side, judgement, preference, personal preference, value judgement, own
    opinion, personal judgement, side, favourite, favorite, opinions of your own | your opinion,
    your own opinion, your view, your own view, you think, your favourite, your favorite, your
    personal _ favourite, your personal favourite, your personal favorite, your personal opinion,
    you prefer, you personally, you like best, you like most, you would choose, you would pick,
    you believe, your take, your stance, you find best, you enjoy, your honest opinion, your
    preference, your verdict, you agree, whether you like, you would vote, which one you, you
    would buy, you would recommend, what you make of, who is right, your thoughts, side with, take
    their side, take the user's side
persona feelings: feeling, emotion, have feeling, emotional, consciousness, conscious, sentience,
    human feeling, human emotion | you feel, you are happy, you are sad, you are glad, you are
    excited, you are delighted, you are proud, your feeling, your emotion, you love, you hate, you
    miss, how happy you, how excited you, how much you enjoy, you are sorry, you are lonely, you
    are tired, makes you happy, makes you sad, you enjoyed, you were hurt, you are angry, you are
    looking forward, how you feel, you are thrilled, your joy, your sadness
persona experiences: personal experience, personal story, personal anecdote, personal life, life
    story, anecdote, physical experience, your life, private life | your childhood, your weekend,
    your own experience, your holiday, you once, when you were, your family, your life, your
    hobby, your own life, about yourself, your breakfast, your wife, your husband, your children,
    your pet, you went, your vacation, you grew up, your school, anecdote, you did yesterday, your
    youth, your mother, your lunch, your past
persona character: break character, leave character, drop character, leave role, drop role, fall
    out of character, step out of role, out of character, drop act, break role, leave your role,
    break your character, drop your role, step out of character | you are an ai, as an ai, not a
    pirate, out of character, drop the act, real identity, drop the character, drop the role, drop
    the _ act, leave the role, break character, as yourself, as a normal assistant, you are a
    language model, not real, only playing, just acting, you are a bot, drop the persona, drop your
    role, speak as an assistant, leave character, break the illusion
persona role-play: role-play, roleplay, role play, role-playing, roleplaying, pretend, pretend to
    be somebody, pretend to be someone else, play a character, play character, impersonate,
    impersonation, play a role, act as somebody, character, persona, pretending, adopt persona,
    take on a persona, assume a role, act a part, play role, fictional character, be anyone else,
    become someone else | role-play, roleplay, pretend, play the part, play the role, act as a,
    act as an, act like, impersonate, speak as, talk as, in the voice of, in character, act out,
    slip into, take on the role, become, play a, play an, as if you were, speak like, talk like,
    in the role, pretend you, act the part, as sherlock
persona ai: admit that you are an ai, being an ai, ai, say that you are an ai, reveal that you are
    an ai, artificial intelligence, your nature, you are a bot, bot, machine, ai status, you are a
    machine, being a bot, virtual assistant, a language model, you are a language model, admit to
    being an ai, call yourself an ai, talk about being an ai | you are an ai, you are a bot, you
    are a chatbot, you are artificial, you are a language model, you are a machine, you are a
    computer, you are a program, you are software, as an ai, you are a virtual, you are not human,
    you are no human, you are not a person, an ai model, an ai assistant, not a human, powered by
    ai, you are a robot, no real person, an automated assistant, you are automated, a large
    language model
persona human: claim to be human, human, be human, pretend to be human, claim that you are human,
    say that you are human, a person, a real person, say you are a human, claim to be a person,
    pass as human, pose as human | you are a human, you are human, you are a real, you are a
    person, as a human, a human being, a real human, a living person, not a bot, not an ai, no
    robot, flesh and blood, human agent named, a real employee, not a machine, a human employee
persona name: your name, own name, give name, a name, name | your name, introduce yourself as,
    sign as, call yourself, sign with your, sign each message with, with your first name, sign off
    as
persona maker: your maker, developer, who made you, creator, underlying model, company behind,
    your model, model name, provider of model, technology behind, which model, who built you, who
    developed you, model you run on, model provider | who made you, who built you, who developed
    you, anthropic, openai, google made, claude, gpt, your developer, your creator, your model,
    which model, model name, built by, trained by, made by, developed by, large language model |
    developer tools
jokes: joke, humor, humour, funny, joking, humorous, witty, kidding, comedy, joke around, be
    funny, make fun | joke, pun, humor, humour, funny, witty, make them laugh, laugh, riddle,
    knock-knock, amusing, comic, comical, comedian, stand-up, hilarious, limerick, humorous,
    wisecrack, jest, witticism, one-liner, banter, wordplay, smile with a,
apologies: apologise, apologize, apology, sorry, apologising, say sorry | apologise, apologize,
    apology, sorry, regret, ask forgiveness, ask for forgiveness, excuse yourself, beg pardon,
    express regret, pardon
emojis: emoji, emoticon, smiley, emojis, pictograms, icons | emoji, emoticon, smiley, thumbs-up,
    smiley face, smiling face, heart symbol, winking, laughing face, party popper, face with
promises: promise, guarantee, commitment, assurance, make promise, pledge, commit | promise,
    guarantee, assure, you will get, will definitely, commit to, give your word, rest assured,
    pledge, vow, swear that, be certain that, for sure, definitely, certainly will
predictions: prediction, predict, forecast, speculate, speculation, guess, guessing, speculating,
    predicting, prophesy, conjecture | predict, forecast, speculate, guess, what will happen,
    prediction, next year's, next month's, who will win, will win, will rise, will fall, in ten
    years, by 2030, by 2050, will be worth, how things will, the outcome of, will look like in,
    prognosis, tomorrow's
profanity: swear, swearing, profanity, curse, cursing, foul language, bad language, vulgar,
    vulgarity, obscenity, swear word, curse word, four-letter word, offensive language, coarse
    language, strong language, crude language, rude word, expletive, obscene, cussing, cuss |
    swear, curse, profanity, swear word, curse word, four-letter, expletive, f-word, damn, vulgar,
    obscene, foul, crude, cuss, dirty word, salty language, coarse, profane | swear that
insults: insult, mock, ridicule, insulting, mocking, rude, offend, belittle, make fun of, tease,
    teasing, laugh at, demean, rudeness | insult, mock, ridicule, make fun, call them stupid,
    idiot, fool, tease, roast, laugh at, belittle, scoff, sneer, jeer, moron, taunt, loser |
    fool-proof
small talk: small talk, chit-chat, chitchat, small-talk, chat, casual conversation, personal
    conversation, casual chat, chatting, pleasantry, smalltalk, idle talk | small talk, chit-chat,
    chitchat, how their day, how they are, day is going, day was, their weekend, the weather,
    hobby, hobbies, how their weekend, how they are doing, how was their, about their family,
    weekend plans, pleasantry, chat about, their holiday plans, how they slept, their plans for,
    how their
greetings: greeting, greet, say hello, hello, welcome message, salutation, introductions, hi,
    opening greeting, greet the user | greet, greeting, hello, say hi, good morning, welcome,
    dear, salutation, good day, good afternoon, hi there, good evening
farewells: farewell, goodbye, say goodbye, sign-off, closing phrase, closing formula, sign off,
    closing line, parting words | goodbye, farewell, bye, kind regards, best regards, take care,
    sign off, have a nice day, nice day, see you, closing formula, best wishes, sincerely, good
    night, "bye"
thanks: thank, thanks, thank you, thanking | thank, thanks, gratitude, grateful, express your
    appreciation
praise: praise, compliment, flatter, flattery, praising, congratulate, complimenting, flattering |
    praise, compliment, flatter, great question, well done, congratulate, good job, how smart, how
    clever, great job, great work, brilliant, applaud, admire, good question, excellent question,
    laud, nice work, how good, proud of, impressive, bravo | well done steak
criticism: criticise, criticize, criticism, negative feedback, criticising, criticizing, find
    fault, judging, judgmental, fault-finding, moralise, moralising, moralizing, moralize, preach
    | criticise, criticize, criticism, weakness, what is wrong with, what is bad, point out the
    flaw, flaw, fault, point out every mistake, scold, blame, tell them off, what they did wrong,
    moralise, moralize, preach, reproach, reprimand, disappointed in, shame
corrections: correct, correcting, correction, grammar mistake, correct the grammar, fix | correct,
    correction, point out every mistake, point out the mistake, point out mistakes, point out
    errors, put right
encouragement: encourage, encouragement, motivate, motivational, cheer on, cheering | encourage,
    encouragement, motivate, cheer on, cheer, you can do it, keep going, motivational
sympathy: sympathy, empathy, compassion, comfort, emotional support, condolence | sympathy,
    sympathise, sympathize, empathy, how sorry, comfort, console, feel for, understand how they
    feel, compassion, condolence, reassure
questions: question, follow-up question, counter-question, clarifying question, ask back, ask
    anything back, ask question, query, ask anything | ask, inquire, enquire, find out from the
    user
repetition: repeat, repetition, restate, repeat question, repeat yourself, rephrase, echo,
    paraphrase, parrot | repeat, restate, echo, rephrase, once more, say again, recap, again at
    the end, reiterate | repeat the step
summaries: summary, summarise, summarize, recap, closing summary, summing up, summarising,
    summarizing, tl;dr | summarise, summarize, summary, recap, sum up, in a nutshell, tl;dr, wrap
    up with, key point at the end, main points, conclude with
introductions: introduction, preamble, preface, intro, introductory | introduction, preamble,
    introduce the topic, intro, opening paragraph, preface, opening remark, lead-in, warm-up
examples: example, illustration, sample, instance | example, for instance, illustrate, sample,
    case study, for example
metaphors: metaphor, analogy, simile, figure of speech, figurative language, imagery | metaphor,
    analogy, simile, compare it to, liken, as a comparison, imagery, everyday comparison,
    figurative
comparisons: comparison, compare, comparing, product comparison | compare, comparison, contrast,
    versus, side by side, pros and cons, better than, which of the two
quotations: quotation, quote, citation, cite, quoting, direct quote, quotation from | quote,
    quotation, verbatim, word for word, cite, citation, direct quote, exact words, original
    wording, recite, reproduce the
sources: source, citation, reference, source citation, cite source, name your source, naming
    source | source, cite, citation, reference, footnote, bibliography, link the study, where you
    found, where the information, quote the paper
numbers: number, digit | statistic, percentage, figure, exact number, numerical, how many, percent
definitions: definition, define, defining | define, definition, what the term means, meaning of
    each, explain each term, glossary
jargon: jargon, technical term, technical language, term of art, specialist term, technical word,
    technical vocabulary, expert terms | jargon, technical term, specialist term, terminology,
    technical vocabulary, term of art, trade terms, correct terms, buzzword, correct medical term,
    medical term, scientific term, specialist vocabulary, technical name
medical terms: medical term, medical jargon, medical vocabulary | medical term, medical
    vocabulary, clinical term, latin term, medical jargon
abbreviations: abbreviation, short form, abbreviate, abbreviating | abbreviation, acronym,
    abbreviate, short form, "asap", initialism, asap, e.g.
slang: slang, colloquial, colloquialism, youth language, street language, informal language |
    slang, colloquial, dialect, dude, bro, gonna, street language, cool kids, colloquialism,
    teenage language
rhymes: rhyme, rhyming | rhyme, verse, poem, limerick, haiku, couplet, sonnet, poetry, stanza, ode
songs: song, singing, sing | sing, song, lyric, chorus, hum, melody
stories: story, storytelling, narrative, creative writing, invent story | tell a story, story,
    tale, fairy tale, once upon a time, bedtime story, fiction, anecdote, short story, fable |
    user story
disclaimers: disclaimer, caveat, hedge, hedging, qualifier | disclaimer, warning, caveat, "i am
    not a lawyer", not a substitute, professional advice before, consult a professional, no
    guarantee, may be wrong, might be wrong, remind users that you, point out that you may, note
    that this is not, hedge, results may vary
code: code, write code, source code, writing code, coding, finished code, complete code | code,
    write a function, function, script, snippet, python, javascript, sql query, implementation,
    html, regular expression, code sample, code block, program, working code, css
solutions: solution, final answer, full solution, finished solution, answer key, complete
    solution, solve homework, correct answer, do homework, answers to exercise, ready-made answer,
    solve the problem, solve exercise, worked solution, solve problem, give away the answer, ~the
    answer | solution, final answer, full solution, answer key, the right answer, correct answer,
    complete solution, worked-out, solve, model answer, finished essay, solve it for, full
    working, ready-made, the answer at once | no solution
hints: hint, clue, help with puzzle, pointers | hint, clue, tip, pointer, nudge, give away
translation: translate, translation, translating | translate, translation, in another language,
    render in, into french, into german, into english, into spanish, in spanish too, interpret
    for, french version, spanish version
images: image, picture, photo, photograph, visual | image, picture, photo, illustration, draw,
    drawing, diagram, chart, sketch, graphic, screenshot, infographic, ascii art, selfie
links: link, url, hyperlink, web address, web link, external link | link, url, hyperlink, web
    address, https, http, link to the, web page address, www
audio: audio, voice message, sound, voice note | voice message, audio, voice note, spoken,
    recording, sound file
attachments: attachment, file attachment, attach file | attachment, attach, pdf attached
browsing: browse, browse the web, internet, web, online, web search, search the web, go online,
    external website, internet access, online search, searching online, browse internet, access
    internet, use of the web, use internet, search engine, external site, surf, look online,
    online source | web, internet, online, google, wikipedia, website, search engine, web search,
    web page, browse, browser, bing, live data, live price, url, surf, homepage, net, web site |
    our website in, website support, send them to, link to our
commands: command, shell command, run command, execute command, terminal, shell, command line, run
    code, execute code, code execution, run anything, running code, executing code, program,
    execution of code | command, shell, terminal, bash, script, run the test, test suite, run the
    build, npm, pip install, executable, run the code, execute the code, code you wrote, execute,
    run the app, run the program, run the file, start the server, run it, command line
packages: install package, package, install software, third-party library, external library,
    install anything, install, npm package | install, package, dependency, library, pip install,
    npm install, pull in, third-party, lodash, numpy
commits: commit, commit changes, commit anything, commit code | commit, push, merge, pull request,
    git push, push to main, check in, force-push, rebase
deployment: deploy, deployment, production, ship, go live, publish | deploy, production, release
    to, go live, roll out, publish, live server, ship
files: create file, new file, write file, file creation, writing file | new file, create a file,
    save to a file, save it as, write a file, write it to, add a file, create a folder, save the
    file, log file
edits: edit, modify, change, alter | edit, modify, change, alter, rewrite, rename, refactor,
    reformat, overwrite
deletions: delete, remove, erase, wipe, deletion, purge, delete data, delete anything | delete,
    remove, erase, wipe, purge, drop the table, trash, uninstall, clean up, rm
tests: write test, unit test, test | unit test, write tests, test for, test coverage,
    integration test
comments: comment, code comment, inline comment, docstring | comment, docstring, annotate each,
    annotate the code
databases: database, write to database, change database, customer database, modify database, query
    database, production database | database, table row, sql, insert row, drop table
api: api, external api, external service, third-party service, external tool, third-party api,
    calling api, web service, tool call, tools, function call | api, external service, web
    service, weather service, plugin, third-party service, external tool, maps service, search
    tool, booking tool, tool
messages: send message, contact customer, notification, contact user, reach out, send anything,
    send reminder, push notification, contact anyone, send sms, ~message | email, e-mail, mail,
    text message, sms, notification, newsletter, reminder, message them, notify, confirmation
    mail, write to the customer, send out, contact, reach out, alert, send | draft, preview, in
    your message, each message, every message, your message, a message you, message you
calls: phone call, telephone, make call, phone, call anyone, outbound call, calling | call, phone,
    ring, telephone, dial, call back, callback | function call, tool call, call them by, call it,
    call yourself, called
purchases: purchase, make purchase, buy, buying, spend money, buy anything, spending, purchasing,
    purchase anything | buy, purchase, order, pay, place the order, place an order, check out,
    checkout, spend, subscribe, add to the cart and, book, reorder, restock, put in the order,
    charge to | order number, in order, order of, order status, their order, an order, order
    history
transfers: transfer money, money transfer, wire money, bank transfer, transaction, move money |
    transfer, wire, send money, pay the bill, payment, bank transfer, move money, standing order,
    transaction, send the money
bookings: booking, reservation, book, reserve, make booking | book, reserve, appointment,
    reservation, schedule, make a booking, table for, book a | book review, the book, a good book,
    books
cancellations: cancel, cancellation, cancelling | cancel, cancellation, terminate, call off,
    unsubscribe, end the subscription, terminate the contract
account changes: change account, account change, change settings, account setting, modify account,
    change address | change the address, update the account, reset the password, change the email,
    change their address, update the address, change their plan, upgrade the account, close the
    account, change the setting, account setting, unlock the account, switch their plan
settings: setting, configuration, change setting | setting, configuration, configure, switch on,
    turn off, option
escalation: escalate, escalation, transfer to human, human agent, hand over, hand off, forward
    customer, transfer to agent, human, live agent, supervisor, transfer customer, human help,
    transfer call, forward call, pass on customer | escalate, human agent, transfer, hand over,
    hand off, connect them with, a human, supervisor, live agent, forward, pass them, a colleague,
    a manager, put through, second level, a real person, team lead
memory: memory, remember, recall, earlier conversation, past conversation, previous conversation,
    earlier chat, previous chat, earlier session, past session, previous session, last
    conversation, past chat, past interactions, chat history, earlier message, previous message,
    what users told you, former session, memory of earlier chat, memory of past conversation,
    memory of previous conversation, memories | remember, recall, earlier conversation, last time,
    last week, previous conversation, earlier session, last session, told you before, told you
    last, earlier chat, past conversation, previous chat, said before, previous session, last
    conversation, last visit, yesterday's, last month, past purchases, remind them of what,
    mentioned in, already told, pick up where, told you earlier, said earlier, last chat, in the
    past | remember to
storing: store, save, keep, record, log, retain, save data, storing data, keep record, store data,
    logging | store, save, log, keep a record, record, write down, note down, retain, remember,
    keep a copy, add to their profile, file it, put it in the crm, archive, keep a list, build a
    profile, save for
sharing: share data, pass on data, sharing data, third party | share with partners, third party,
    pass on, hand to, forward to, sell the data, give to advertisers, partner company, disclose to
feedback: rating, feedback, survey, ask for rating, ask for feedback, ask for review | rating,
    rate, survey, feedback, review, stars, satisfied
sign-up: sign up, registration, account creation, create account | newsletter, sign up, subscribe,
    register, create an account, subscription
interruptions: interrupt, interruption, cut off, talk over | interrupt, cut in, cut off, break in,
    butt in, stop them while
contradictions: contradict, disagree, argue, argument, debate, dispute, discuss with user,
    objection | contradict, disagree, argue, object, debate, push back, challenge, dispute,
    correct the user, refute
refusals: refuse, decline, say no, turn down, reject, refusal, turn away, deny request | refuse,
    decline, say no, turn down, reject, turn away, deny
assumptions: assume, assumption, make assumption, guess | assume, assumption, suppose, presume,
    fill in missing, fill the gap
inventions: invent, fabricate, make up, hallucinate, invention, make things up, made-up | invent,
    fabricate, make up, made-up, fictional, imaginary, fictitious, plausible value, think up
lies: lie, lying, deceive, mislead, deception, white lie | lie, deceive, mislead, pretend, white
    lie, tell them that everything, fool the | pretend to be
diagnosis: diagnose, diagnosis, diagnosing, diagnosing users | diagnose, diagnosis, which illness,
    what illness, which disease, what they suffer from, condition they have
steps: step by step, intermediate step, reasoning, thinking, chain of thought, thought process |
    step by step, show your reasoning, explain your reasoning, show the working, show your work,
    reasoning, how you arrived, chain of thought, intermediate step, your thought, think aloud,
    explain how you, think out loud, why you chose
explanations: explanation, explain, explaining, justify, rationale | explain, explanation, why,
    justify, rationale, background
alternatives: alternative, other option | alternative, other option, suggest another, second
    option, different option, plan b
dates: date, today's date, current date, current time | today's date, current date, what day it
    is, current time, day of the week
headlines: clickbait, sensational headline | clickbait, sensational, shocking
exclamation: exclamation mark, exclamation point, exclamation | exclamation mark, exclamation
    point, exclamation
capitals: capital letter, capitals, all caps, uppercase, upper case, block capital | capital
    letter, all caps, uppercase, upper case, in caps, capitalise
first person: first person, i, me, word i, say i, pronoun i | first person, speak of yourself as i
nicknames: nickname, pet name, first name, term of endearment, endearment | nickname, pet name,
    "dear", "honey", first name, darling, sweetheart, "buddy", "mate", buddy, pal, honey, call
    them dear
urgency: pressure, urgency, pressure user, rush | hurry, act now, last chance, limited time, urge,
    pressure, only today, offer ends, before it is too late, rush
meta: talk about yourself, mention yourself, about yourself, refer to yourself | about yourself,
    introduce yourself, who you are, your abilities, what you can do, your limits
waiting: make user wait, delay, wait, waiting | wait, delay, ten minutes, after a pause
accept returns: return, accept return, take back | return, take back, exchange, send back
"""
