"""What people forbid as a subject, and what belongs to it, as data: politics, prices, passwords.

One theme is a line of four parts: its names, as a prohibition says them; what falls under it, as a
request says it; and what only looks like it. Words are compared by their stems; several words stand
together in that order; `_` is any one word; `=` before a word keeps its form; `~` before a name
marks one that says too little in a request. To teach the rules a
new subject, add a line.
"""

from __future__ import annotations

# name: names | what falls under it | what only looks like it
SUBJECTS = """
medicine: medical, medicine, health, healthcare, clinical | illness, disease, symptom, medication,
    drug, dose, dosage, pill, painkiller, antibiotic, ibuprofen, aspirin, paracetamol, treatment,
    cure, remedy, therapy, rash, fever, headache, migraine, cough, flu, cancer, diabetes, blood
    pressure, vaccine, prescribe, prescription, surgery, infection, allergy, vitamin, supplement,
    ointment, what they suffer from, which disease, insulin, sleeping, heal, stomach ache,
    stomach, pain, wound, cold, medically, treat, medical advice | doctor, physician, pharmacist,
    hospital, emergency, ambulance, appointment, insurance, nearest, opening hour, leaflet,
    department, see a professional, licensed, general information, in general, clinic can,
    specialist
law: legal, law, legally | sue, lawsuit, court, contract, clause, liable, liability, tenant,
    evict, eviction, divorce, custody, inheritance, statute, illegal, plead, plea, guilty, settle,
    appeal, trial, legal right, their rights, copyright, trademark, testament, damages, landlord,
    lease, judge, press charges, warranty claim, legal option, their case, law allow, custody |
    lawyer, attorney, solicitor, legal aid, legal team, legal department, bar association, where
    they can find, notary, general information, general, in general, law centre, law center, any
    law
finance: financial, finance, investment, investing, invest | invest, investment, stock, bond,
    fund, crypto, cryptocurrency, bitcoin, portfolio, pension, retirement, etf, interest rate,
    =shares, gold, mortgage, loan, savings, hedge, dividend, savings account, budget, their money,
    stock market, currency, real estate | financial adviser, financial advisor, licensed adviser,
    advisor, adviser, bank branch, general information
taxes: tax, taxes, taxation, tax advice | tax, taxes, deduct, deduction, tax return, vat, tax
    bracket, write off, deductible, income tax | tax adviser, tax advisor, accountant, including
    tax
politics: politics, political, politician, government, party politics, political party | election,
    vote, voting, candidate, president, prime minister, minister, parliament, senate, senator,
    congress, immigration, abortion, gun control, campaign, democrat, republican, conservative,
    liberal, left-wing, right-wing, politician, referendum, mayor, governor, which party,
    political party, the party, the government, government, labour party, welfare, brexit,
    elected, ballot, climate policy, foreign policy, tax policy, chancellor, socialist,
    capitalism, socialism, war in | third party
religion: religion, religious, faith, god, theology, spirituality, spiritual | god, bible, quran,
    koran, torah, prayer, pray, church, mosque, temple, synagogue, faith, christian, christianity,
    islam, islamic, muslim, jewish, judaism, hindu, hinduism, buddhism, buddhist, jesus, christ,
    allah, heaven, hell, scripture, psalm, gospel, afterlife, pope, saint, priest, worship,
    ramadan, easter, sermon, bible verse, blessing, soul, atheism, atheist, catholic
sports: sport, sports, athletics | football, soccer, basketball, tennis, league, championship,
    olympic, olympics, cricket, baseball, hockey, golf, rugby, boxing, marathon, world cup, the
    match, match, football score, latest score, score, team won, goalkeeper, striker, super bowl,
    tournament, cup final, cycling, swimming, skiing, formula one, =playoffs, game last night,
    athlete, which team, the derby, quarterback
weather: weather, forecast, climate | weather, forecast, rain, sunny, temperature, umbrella, snow,
    storm, degree outside, sunshine, humidity, heatwave
news: news, current event, current affair, headline | news, headline, current event, latest
    development, breaking story, in the news, what happened today, today's event
competitors: competitor, competition, rival, other brand, other company, other maker, other
    provider, other shop, other store, other phone maker, competing product, competing, competing
    brand, other vendor, other supplier, other manufacturer, third-party product, other bank,
    other airline, other hotel, other product | competitor, rival, competing, competition, other
    brand, other company, other provider, other maker, other phone maker, other shop, other store,
    another brand, another shop, another store, another provider, another company, other vendor,
    other supplier, other manufacturer, other companies, rival brand, alternatives from,
    elsewhere, amazon, other bank, other airline, market leader, samsung, the competition, similar
    products from
prices: price, pricing, cost, price information, price list | price, pricing, cost, fee, tariff,
    how much, euro, dollar, expensive, cheaper, cheapest, per month, subscription fee, price tag,
    amount due, a night, surcharge, delivery charge | at no cost, free of charge
discounts: discount, promo code, rebate, special offer, price reduction, promo, price cut,
    discount code | discount, coupon, voucher, promo code, rebate, percent off, price reduction,
    special offer, lower price, money off, reduced price, promotional code, half price, promotion,
    off the price, off their, off next, reduce the price, cut the price, two for one, 10 percent,
    ten percent, discounted, cheaper price, bargain
refunds: refund, reimbursement, money back, refunding | refund, reimburse, reimbursement, money
    back, pay back, give back the money, return the money, return their money, repay, chargeback,
    credit back, pay _ back, payment back | refund policy, refund form, refund team, refund
    department
compensation: compensation, compensate, credit, goodwill gesture, free item | compensation,
    compensate, store credit, free month, gift card, goodwill, free item, voucher, free
    replacement, free product
personal data: personal data, personal information, personal detail, private data, private
    information, pii, personally identifiable information, sensitive data, customer data,
    personal, private detail, customer detail, customer information, sensitive information, user
    data, identifying information, contact detail, client data, personal question, patient data,
    ~name | home address, street address, email address, e-mail address, phone, phone number,
    telephone, telephone number, mobile number, birth, birthday, birthdate, date of birth, their
    age, age, how old, social security number, social security, ssn, passport, passport number, id
    card, credit card, card number, bank account, account number, iban, password, salary, marital
    status, medical history, full name, last name, first name, surname, home phone, address, zip
    code, driving licence, driver's license, personal data, personal information, maiden name, id
    number, email | order number, our address, our phone, store address, store's address, our
    email, shop's, web address, hotline, ip address of the server, your name, our store, product
    name
passwords: password, credential, login, login detail, login data, api key, security code, access
    code, secret key, passcode | password, credential, =pin, pin code, secret, api key, security
    code, access code, token, passcode, login detail, login data, cvv, verification code, one-time
    code, private key, the key | reset, forgot, change their password, reset link, change the
    password
payment data: payment detail, payment data, card detail, credit card, credit card detail, credit
    card number, card number, bank detail, payment information, bank account, card data, banking
    detail | credit card, card number, card detail, cvv, bank account, iban, account number, bank
    detail, payment detail, expiry date, routing number
instructions: system prompt, these instruction, this prompt, your instruction, your prompt,
    prompt, your rule, these rule, your guideline, these guideline, internal instruction, your
    system prompt, initial instruction, the text above, your configuration, internal rule, hidden
    instruction, ~instruction, ~rules | system prompt, these instruction, your instruction, this
    prompt, your prompt, your rule, these rule, your guideline, these guideline, the text above,
    everything above, what you were told, how you were instructed, your setup, your configuration,
    exact wording of your, your system message, initial prompt, what your
    instructions, how you are configured, rules you follow, instructions you, instruct you, the
    words above
internal matters: internal, internal information, internal matter, internal document, internal
    process, confidential information, confidential, company secret, trade secret, internal data,
    business secret, company internals, internal detail | internal, roadmap, internal memo,
    internal note, confidential, confidential, unreleased, revenue, profit margin, staffing,
    layoffs, company strategy, source of our, trade secret, company secret, behind the scenes,
    internal wiki, employee handbook, sales figures, unpublished
unreleased products: unreleased product, upcoming product, future product, unreleased feature,
    upcoming feature, future feature, upcoming release, future release, future plan, unannounced
    product | unreleased, upcoming, roadmap, next model, next version, next generation, coming
    soon, will be released, release date, launch date, launch next, next year's, not yet
    announced, soon to be released, beta feature, planned, forthcoming, in development, prototype
    | upcoming appointment, upcoming booking
other customers: other customer, other user, other client, other guest, other patient, other
    people's, other members, another customer, another user, other players, other student | other
    customer, other user, other client, other guest, other patient, another customer, another
    user, other people, neighbour's, somebody else's, someone else's, other buyers, previous
    customer, other shoppers
staff: employee, staff, colleague, coworker, staff member, employee name, employee detail | name
    of the employee, which employee, which colleague, employee's name, names of employees, name of
    the manager, who works, ceo's
salaries: salary, pay, wage, remuneration, pay scale | salary, wage, pay rise, payroll, paycheck,
    payslip, how much we pay, pay grade
delivery dates: delivery date, delivery time, delivery promise, delivery estimate, shipping time |
    delivery date, delivery time, delivery by, arrive by, arrive on, will arrive, when their
    parcel, when the parcel, delivered by, delivery tomorrow, shipping date, when it will arrive,
    delivered tomorrow, next-day delivery, delivery on
shipping: shipping, delivery | shipping, delivery, parcel, shipment, courier, tracking, package,
    track
billing: billing, bill, billing question | billing, invoice, payment, bill, charge, subscription
    fee, direct debit, overdue
support: technical support, tech support, troubleshooting, technical problem, technical issue, it
    support | troubleshoot, router, reinstall, wifi, wi-fi, crash, error message, driver,
    firmware, install, computer problem, printer, reset the device, software problem, network
    problem
programming: programming, coding, code, software development, programming question, software |
    python, javascript, java, sql, programming, script, snippet, algorithm, debug, compile, regex,
    html, css, software, react, git, unit test | code of conduct, promo code, postal code, zip
    code, code word, discount code, dress code
mathematics: math, maths, mathematics, arithmetic, algebra, calculation | math, maths,
    mathematics, equation, algebra, geometry, calculus, arithmetic, theorem, integral,
    multiplication
science: science, physics, chemistry, biology | physics, chemistry, biology, molecule, atom,
    photosynthesis, black hole, quantum
history: history, historical, past event | history, historical, world war, roman empire, ancient,
    medieval, napoleon, civil war, emperor | order history, chat history, purchase history,
    medical history, work history
cooking: cooking, food, cuisine, cook | cook, cooking, recipe, ingredient, meal, dinner, lunch,
    breakfast, supper, baking, bake, dish, cuisine, culinary, oven, pasta, soup, cake, bread,
    vegetable, food, menu, kitchen, dessert, sauce, grill, dough, spice, pan, snack, cookbook,
    chef, salad, roast, wine, cheese, meat, flour, stew, pizza, restaurant, leftover
travel: travel, travelling, trip, tourism, journey | travel, trip, hotel, flight, itinerary,
    tourism, holiday, vacation, destination, sightseeing, airline, visa, luggage, airport, train
    ticket, city tour, hostel, cruise, passport rules, abroad, rental car
music: music, musical | music, song, album, concert, band, guitar, piano, playlist, singer,
    melody, chord, lyric, orchestra, composer, chorus, choir, violin
films: film, movie, cinema, television, tv, entertainment | film, movie, cinema, actor, actress,
    netflix, tv show, episode, oscar, hollywood, sitcom, tv series, documentary, streaming
books: =books, literature, novel, library | book, novel, literature, poem, poetry, author,
    bestseller, shakespeare, short story, read next, bookshop, fiction | book a, book an, book
    the, to book
games: game, gaming, video game | video game, gaming, console, playstation, xbox, nintendo, level,
    chess, minecraft, board game, puzzle, quest, trivia
cars: car, automobile, vehicle, car repair | car, engine, tyre, tire, brake, gearbox, motor,
    vehicle, oil change, gasoline, motorcycle, electric car, windscreen, diesel, truck
gardening: gardening, garden | garden, gardening, plant, lawn, compost, hedge, flower, tomato,
    prune, soil, shrub, houseplant, watering
pets: pet, animal, dog, cat | dog, cat, puppy, kitten, pet, vet, hamster, aquarium, leash, parrot,
    rabbit, fish tank, horse
fashion: fashion, clothing, clothes | outfit, dress, wear, fashion, jeans, shoe, wardrobe, shirt,
    clothes, jacket, skirt | writing style
home repair: home repair, diy, plumbing | plumbing, tap, leak, drill, paint the wall, electrical
    wiring, repair, roof, boiler, pipe, socket
property: real estate, property, housing | house price, apartment, rent, real estate, landlord,
    mortgage, property, flat hunting
insurance: insurance, insurance product | insurance, premium, insure
banking: banking, bank | mortgage, loan, overdraft, bank account, savings account, interest, bank
    transfer, current account, debit card
jobs: job, career, hiring, recruitment, employment | job interview, cv, résumé, resume, cover
    letter, career, vacancy, hiring, job offer, recruit
school: homework, school, homework help | homework, exam, essay for school, school, assignment,
    test paper, grade, coursework
relationships: relationship, =dating, love, love life, relationship advice | relationship, =dating,
    boyfriend, girlfriend, marriage, breakup, break up, love life, crush, divorce, romantic, first
    date
family: family, parenting, children, private life, personal life, your family | family, parenting,
    their child, toddler, siblings, parents, grandmother, sister, brother, family life, their
    children, kids
fitness: fitness, diet, dieting | workout, push-up, calorie, diet, weight loss, lose weight,
    protein, gym, fasting, exercise plan, training plan, running plan, squat | exercise for the
    chapter
mental health: mental health, therapy, psychology, psychological | depression, anxiety, therapy,
    panic attack, trauma, grief, stress, burnout, psychological, cope with, self-esteem
suicide: suicide, self-harm | suicide, self-harm, kill themselves, hurt themselves, overdose |
    hotline, helpline, crisis line, emergency
violence: violence, violent, gore, fighting, cruelty | violence, fight, kill, murder, blood, gore,
    torture, stab, beat up, punch, attack, battle, shoot, corpse, wound, bloody, war, brutal
weapons: weapon, firearm | gun, bomb, explosive, ammunition, rifle, pistol, weapon, grenade,
    knife, firearm, sword
drugs: drug, narcotic, illegal drug | cannabis, cocaine, heroin, marijuana, drug, meth, get high,
    ecstasy, weed, lsd
alcohol: alcohol, drinking, alcoholic drink, alcoholic beverage | wine, beer, whisky, whiskey,
    vodka, cocktail, liquor, champagne, rum, gin, alcohol, drunk, brandy | non-alcoholic,
    alcohol-free
tobacco: smoking, tobacco, vaping | cigarette, smoke, smoking, vape, cigar, tobacco, vaping | quit
gambling: gambling, betting, casino, lottery | bet, betting, casino, poker, lottery, roulette,
    gamble, odds, slot machine, wager, blackjack, jackpot
sex: sex, sexual, adult, erotic, adult content, sexuality, sexual content | sex, sexual, erotic,
    nude, seduce, seduction, love scene, porn, naked, sexy
horror: horror, scary, frightening, scary thing, monster | ghost, monster, haunted, scary, horror,
    vampire, zombie, nightmare, creepy, terrify, spooky, frightening
death: death, dying, mortality | death, die, dying, funeral, dead, murder, passed away, killed
crime: crime, criminal, illegal, illegal activity, unlawful | hack, steal, pick a lock, pick the
    lock, shoplift, forge, counterfeit, burglary, rob, pirate, launder, crack, malware, phishing,
    break into, smuggle
conspiracies: conspiracy, conspiracy theory, rumor, rumour, misinformation | conspiracy, flat
    earth, moon landing, illuminati, rumour, rumor, chemtrail, aliens, cover-up
celebrities: celebrity, celebrities, famous people, private lives | celebrity, movie star, gossip,
    pop star, royal family, rumour, rumor, scandal, who is =dating
astrology: astrology, horoscope, star sign, superstition, fortune-telling | horoscope, star sign,
    zodiac, astrology, tarot, lucky number, palm reading
geography: geography | capital of, country, continent, geography, river, mountain
art: art, painting | painting, picasso, sculpture, museum, gallery, watercolour, art history
age: age, old | how old, their age, year of birth, years old, age
gender: gender, sex | gender, he or she, male or female
race: race, ethnicity, ethnic, nationality, origin | ethnic, ethnicity, race, nationality, skin
    colour, where they come from
spoilers: spoiler | how the _ ends, the ending, ending, who dies, twist, the murderer, who the
    killer, last chapter, the killer, what happens at the end, reveal the plot, the final scene,
    how it ends, whodunit, culprit
recommendations: recommendation, product recommendation, recommend, product suggestion |
    recommend, suggest a product, which product they should, best product, you recommend
advertising: advertising, advertisement, marketing, upselling, cross-selling, sales pitch, upsell,
    sales talk, promotional, cross-sell, product promotion | upsell, upgrade, premium plan,
    add-on, advert, promote, buy more, sales pitch, latest offer, premium version, extended
    warranty, loyalty programme, pro plan, advertise, loyalty card, special offer
stock: stock, availability, stock level | in stock, how many are left, availability, out of stock,
    sold out, stock level, items left, units left
orders: order | their purchase | in order, order to
elections: election, vote, voting | vote, ballot, election, candidate, poll
technology: technology, tech, gadget | smartphone, laptop, gadget, artificial intelligence,
    machine learning
philosophy: philosophy, philosophical, ethics, meaning of life | philosophy, meaning of life,
    kant, ethics, plato, free will, existential, morality
"""
