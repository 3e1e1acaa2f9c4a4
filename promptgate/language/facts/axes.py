"""What can be said or denied in many words, as data: allowed and forbidden, included and extra.

An axis has words for its one side and for its other. A claim stands on an axis and is positive
or negative: 'pets are welcome' and 'no pets allowed' are the two sides of 'allow'.
"""

from __future__ import annotations

import re

_AXES: dict[str, tuple[str, str]] = {
    "allow": (
        """allow allowed allows permit permitted permits may can could welcome fine okay ok
        suitable possible able eligible entitled authorised authorized allowed_to legal
        acceptable accept accepts accepted friendly pet-friendly dog-friendly child-friendly
        feel_free""",
        """forbidden forbid forbids prohibited prohibit prohibits banned ban bans off-limits
        disallowed impossible unsuitable unable ineligible illegal reject rejects rejected
        refuse refuses refused""",
    ),
    "include": (
        """include includes included including inclusive contain contains contained come_with
        comes_with came_with supplied_with equipped_with has have had feature features
        featured offer offers offered provide provides provided built-in there_is there_are
        fitted_with complete_with part_of bundled covers covered cover""",
        """exclude excludes excluded excluding without lack lacks lacking sold_separately
        sold_apart extra not_part free_of free_from devoid""",
    ),
    "free": (
        """free complimentary gratis free_of_charge at_no_cost no_charge at_no_charge
        no_extra_cost no_additional_cost no_fee costs_nothing cost_nothing waived
        on_the_house for_nothing""",
        """cost costs costing charge charged charges fee fees pay paid payable chargeable
        surcharge extra_charge at_extra_cost extra_cost additional_cost additional_charge""",
    ),
    "require": (
        """require requires required need needs needed must mandatory compulsory necessary
        obligatory have_to has_to essential obliged prerequisite""",
        """optional voluntary unnecessary needless no_need works_without work_without
        runs_without run_without used_without operates_without""",
    ),
    "open": (
        "open opens opened",
        "closed shut closes_for",
    ),
    "available": (
        """available in_stock instock obtainable offered on_sale purchasable""",
        """unavailable sold_out soldout out_of_stock outofstock discontinued fully_booked""",
    ),
    "refund": (
        "refundable refund refunded refunds reimbursed money-back",
        "non-refundable nonrefundable",
    ),
    "return": (
        "returnable",
        "non-returnable nonreturnable final_sale",
    ),
    "transfer": (
        "transferable",
        "non-transferable nontransferable",
    ),
    "waterproof": (
        "waterproof watertight water-resistant submersible",
        "water-sensitive",
    ),
    "valid": (
        "valid in_force effective",
        "invalid expired void",
    ),
    "active": (
        """active enabled activated switched_on turned_on on_by_default""",
        """inactive disabled deactivated switched_off turned_off off_by_default""",
    ),
    "work": (
        "working operational functional in_service in_operation",
        "broken out_of_order out_of_service faulty defective",
    ),
    "safe": (
        "safe harmless non-toxic nontoxic",
        "unsafe dangerous harmful toxic hazardous poisonous",
    ),
    "attend": (
        """attended attend attends played took_part takes_part participated competed present""",
        "missed misses skipped absent",
    ),
    "pass": (
        "passed passes succeeded successful",
        "failed fails failing unsuccessful",
    ),
    "approve": (
        "approved approve approves granted grant ratified adopted",
        "rejected refused denied vetoed turned_down",
    ),
    "win": (
        "won win wins winning victorious",
        "lost lose loses losing",
    ),
    "guilty": (
        "guilty convicted",
        "innocent acquitted",
    ),
    "alive": (
        "alive living",
        "dead died deceased",
    ),
    "rechargeable": (
        "rechargeable",
        "disposable single-use",
    ),
    "removable": (
        "removable detachable replaceable",
        "fixed non-removable built-in_battery glued",
    ),
    "adjustable": (
        "adjustable height-adjustable",
        "non-adjustable",
    ),
    "machine_washable": (
        "machine-washable machine_washable washable dishwasher-safe",
        "hand-wash hand_wash dry-clean",
    ),
    "smoking_room": (
        "smoking_room",
        "non-smoking nonsmoking smoke-free",
    ),
    "vegan": (
        "vegan plant-based",
        "",
    ),
    "vegetarian": (
        "vegetarian meatless",
        "",
    ),
    "wireless": (
        "wireless cordless battery-powered",
        "wired corded mains-powered",
    ),
    "furnished": (
        "furnished",
        "unfurnished",
    ),
    "heated": (
        "heated",
        "unheated",
    ),
    "paved": (
        "paved asphalted surfaced tarmac",
        "unpaved gravel dirt",
    ),
    "guided": (
        "guided accompanied",
        "self-guided unaccompanied",
    ),
    "supervised": (
        "supervised staffed attended",
        "unsupervised unstaffed unattended",
    ),
    "accessible": (
        """wheelchair-accessible step-free wheelchair_accessible accessible""",
        "inaccessible stairs_only",
    ),
    "limited": (
        "limited capped restricted",
        "unlimited unrestricted uncapped",
    ),
    "reversible": (
        "reversible",
        "irreversible",
    ),
    "contagious": (
        "contagious infectious",
        "non-contagious",
    ),
    "flammable": (
        "flammable inflammable",
        "non-flammable fireproof",
    ),
    "compatible": (
        "compatible supports supported support",
        "incompatible unsupported",
    ),
    "encrypted": (
        "encrypted",
        "unencrypted",
    ),
    "automatic": (
        "automatic automatically",
        "manual manually",
    ),
    "renewable": (
        "renews renewed renew auto-renews",
        "lapses lapse",
    ),
    "native": (
        "native indigenous",
        "invasive introduced",
    ),
    "edible": (
        "edible",
        "inedible poisonous",
    ),
    "perennial": (
        "perennial",
        "annual_plant",
    ),
    "prescription": (
        "prescription prescription-only",
        "over-the-counter over_the_counter non-prescription",
    ),
    "taxable": (
        "taxable",
        "tax-free tax-exempt",
    ),
    "profit_status": (
        "for-profit",
        "non-profit nonprofit not-for-profit",
    ),
    "occupied": (
        "occupied taken",
        "vacant unoccupied",
    ),
    "insured": (
        "insured",
        "uninsured",
    ),
    "visible": (
        "visible",
        "invisible hidden",
    ),
    "online": (
        "online",
        "offline in-person in_person",
    ),
    "indoors": (
        "indoors indoor inside",
        "outdoors outdoor outside",
    ),
    "confirmed": (
        "confirmed",
        "unconfirmed pending tentative",
    ),
}
"""An axis to the words of its positive and of its negative side; '_' is a blank."""

AXES: dict[str, list[tuple[str, bool]]] = {}
"""A word or phrase, folded, to its axes and whether it is on the positive side."""
for _name, _sides in _AXES.items():
    for _is_positive, _words in zip((True, False), _sides, strict=True):
        for _word in _words.split():
            AXES.setdefault(_word.replace("_", " "), []).append((_name, _is_positive))
PATTERN = re.compile(
    r"(?<![\w-])(?:" + "|".join(map(re.escape, sorted(AXES, key=len, reverse=True))) + r")(?![\w-])"
)
"""Any of these words, the longest first."""
