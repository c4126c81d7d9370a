"""Hand-written English follow-up questions and how each takes up a span. Data only.

A line of PROBES: "aspect[*] | seed | kinds: question with the span | ...". Kinds are the letters of
answers_en (P project, T tool, O organisation, H person, R noun phrase, F amount, D duration, C count).
"@" is the span with its article, "@@" the bare span. "*": the seed also takes the ADJUNCTS of parts_en.
"""

# ruff: noqa: E501 - one sentence a line reads best here

PROBES = """
context* | What was the situation when you started? | PR: What was the situation around @ when you started? | O: What was the situation at @ when you started?
context | Who was affected by it? | PTR: Who was affected by @? | D: Who was affected during @ you mentioned?
context | What was it meant to solve? | PTR: What was @ meant to solve?
context | How did it come about? | PR: How did @ come about? | O: How did the work with @ come about?
context | What was at stake at that point? | PR: What was at stake with @ at that point? | F: What was at stake behind @ you mentioned?
context | What did things look like before you stepped in? | PR: What did @ look like before you stepped in? | O: What did things look like at @ before you stepped in?
context* | What made this necessary in the first place? | PTR: What made @ necessary in the first place?
context | Who had asked for it? | PTR: Who had asked for @?
context | How long had the problem been there? | R: How long had the problem with @ been there? | O: How long had the problem at @ been there?
context | Where did it fit into the larger work? | PTR: Where did @ fit into the larger work?
context* | What limits did you have to work within? | D: What limits did you have to work within during @? | C: What limits did you have to work within with @?
context | How did you first notice that something was wrong? | R: How did you first notice that something was wrong with @? | O: How did you first notice that something was wrong at @?
context | What did people expect from it? | PTR: What did people expect from @? | O: What did people at @ expect from it?
context | Which need stood behind it? | PTR: Which need stood behind @?
role* | Which part of the work was yours? | PR: Which part of @ was yours? | OT: Which part of the work with @ was yours? | C: Which part of the work with @ was yours?
role | What was your own role? | P: What was your own role in @? | OTHR: What was your own role in the work with @?
role* | What did you do yourself, and what did others do? | PR: What did you do yourself on @, and what did others do?
role | Which decisions were yours to make? | PTR: Which decisions about @ were yours to make? | O: Which decisions were yours to make at @?
role* | What did you personally contribute? | PR: What did you personally contribute to @? | F: What did you personally contribute to @?
role | Who had the final say? | PTR: Who had the final say on @? | O: Who had the final say at @?
role | How was the work divided? | PR: How was the work on @ divided? | C: How was the work divided among @? | H: How was the work divided between you and @?
role* | What were you answerable for? | PR: What were you answerable for in @? | D: What were you answerable for during @ you mentioned?
role | What would have been missing without you? | PR: What would have been missing from @ without you?
role | How did the responsibility come to you? | PTR: How did the responsibility for @ come to you? | C: How did the responsibility for @ come to you?
role* | Where did your own responsibility end? | PR: Where did your own responsibility for @ end?
role | How free were you to decide? | PTR: How free were you to decide about @? | H: How free were you to decide next to @?
action* | What did you do first? | PTR: What did you do first with @? | O: What did you do first at @? | D: What did you do first in @?
action* | How did you go about it? | PTR: How did you go about @? | OH: How did you go about the work with @?
action* | What steps did you take? | R: What steps did you take with @? | F: What steps did you take to get to @?
action* | How exactly did you put it together? | PR: How exactly did you put @ together?
action* | What did a normal day look like? | D: What did a normal day look like during @ you mentioned? | P: What did a normal day on @ look like? | O: What did a normal day at @ look like?
action* | How did you decide what to do first? | R: How did you decide what to do first about @?
action | How did you test that it worked? | PTR: How did you test that @ worked?
action | How did you introduce it? | PTR: How did you introduce @?
action* | What did you do when you noticed that? | R: What did you do when you noticed that about @? | F: What did you do when you saw @?
action | How did you get it off the ground? | PR: How did you get @ off the ground?
action* | How did you keep track of progress? | PR: How did you keep track of progress on @? | C: How did you keep track of @? | D: How did you keep track of progress over @?
action | What happened between the idea and the first version? | PR: What happened between the idea of @ and its first version?
action | How did you prepare for it? | PR: How did you prepare for @? | O: How did you prepare for the work with @? | H: How did you prepare for the talk with @?
action* | What did you change, step by step? | PTR: What did you change in @, step by step? | O: What did you change at @, step by step?
action | How did you handle it in practice? | TR: How did you handle @ in practice? | C: How did you handle @ in practice?
action* | How did you split the work into pieces? | PR: How did you split the work on @ into pieces? | D: How did you split the work over @?
reason | What made you choose that way? | TR: What made you choose @? | P: What made you choose that way for @? | H: What made you choose that way with @?
reason | Why did you decide against the usual way? | PR: Why did you decide against the usual way for @? | O: Why did you decide against the usual way at @?
reason* | What made you choose that order of steps? | P: What made you choose that order of steps for @? | R: What made you choose that order of steps with @?
reason | Why did that matter so much? | PTR: Why did @ matter so much? | FD: Why did @ matter so much?
reason | What convinced you that it was right? | PTR: What convinced you that @ was right? | F: What convinced you that @ was the right figure?
reason | What was the thinking behind it? | PTRFC: What was the thinking behind @? | O: What was the thinking behind the work with @?
reason* | Which facts did you base that on? | PTR: Which facts did you base @ on? | F: Which facts did you base @ on?
reason | Why did you start there? | PTRC: Why did you start with @? | O: Why did you start at @?
reason | How do you justify the effort? | PTR: How do you justify the effort that went into @? | F: How do you justify @ you mentioned?
reason | What told you that this was the right moment? | PTR: What told you that this was the right moment for @?
reason | What led you to that decision? | PTR: What led you to @? | O: What led you to that decision about @? | H: What led you to that decision about @?
reason | Why did you think it would help? | PTR: Why did you think @ would help? | H: Why did you think @ would help?
reason | What spoke in favour of it? | PTRO: What spoke in favour of @?
reason | Which criteria guided you? | PTR: Which criteria guided you with @? | C: Which criteria guided you with @?
alternative | What else was on the table? | PTR: What else was on the table besides @? | O: What else was on the table besides @?
alternative* | What trade-offs did you weigh? | PTR: What trade-offs did you weigh with @? | F: What trade-offs did you weigh behind @? | P: Which trade-offs did you weigh while you worked on @?
alternative | Which other options did you consider? | PTRO: Which other options did you consider besides @?
alternative | What would have happened if you had done nothing? | PR: What would have happened to @ if you had done nothing? | O: What would have happened at @ if you had done nothing?
alternative | What could you have used instead? | TR: What could you have used instead of @?
alternative | Why was the other option ruled out? | TR: Why was every option other than @ ruled out?
alternative | How would you have done it with half the time? | D: How would you have done it with half of @? | PR: How would you have done @ with half the time?
alternative | How would you have done it with half the people? | C: How would you have done it with half of @? | PR: How would you have done @ with half the people?
alternative | What did you leave out on purpose? | PR: What did you leave out of @ on purpose?
alternative | Which idea did you drop along the way? | PR: Which idea for @ did you drop along the way?
alternative* | What was your second choice? | TRO: What was your second choice after @?
alternative | What would have been the cheaper way? | PTR: What would have been a cheaper way than @? | F: What would have been a cheaper way than @?
alternative* | How did you weigh speed against care? | PR: How did you weigh speed against care in @? | D: How did you weigh speed against care in @ you had?
alternative | What was your plan if it failed? | PTR: What was your plan if @ failed?
obstacle | What was the hardest part? | PTR: What was the hardest part of @? | OHC: What was the hardest part of the work with @? | D: What was the hardest part of @ you mentioned? | F: What was the hardest part of getting to @?
obstacle | What went wrong? | PTR: What went wrong with @? | O: What went wrong at @? | D: What went wrong during @?
obstacle | What stood in your way? | PR: What stood in the way of @? | O: What stood in your way at @?
obstacle | What slowed you down most? | PTR: What slowed you down most with @? | D: What slowed you down most in @?
obstacle* | How did you deal with that? | TRC: How did you deal with @? | H: How did you deal with @? | O: How did you deal with @?
obstacle | What surprised you along the way? | PTR: What surprised you about @ along the way? | FC: What surprised you about @? | O: What surprised you at @?
obstacle | Where did the plan break down? | PR: Where did the plan for @ break down? | D: Where in @ did the plan break down?
obstacle | What nearly made you give up? | PTR: What nearly made you give up on @?
obstacle | Which problem took you the longest to solve? | PTR: Which problem with @ took you the longest to solve? | O: Which problem at @ took you the longest to solve?
obstacle* | What did you find difficult yourself? | PTR: What did you find difficult about @ yourself?
obstacle* | Which risk worried you most? | PTR: Which risk in @ worried you most? | F: Which risk behind @ worried you most?
obstacle | How did you find out what was causing it? | R: How did you find out what was wrong with @? | F: How did you find out what was behind @? | D: How did you find out what was causing it in @ you mentioned?
obstacle* | What resistance did you meet? | PTR: What resistance did you meet over @? | O: What resistance did you meet at @? | H: What resistance did you meet from @?
obstacle | What was still unsolved at the end? | PR: What was still unsolved in @ at the end? | D: What was still unsolved after @?
obstacle | How did you cope with the pressure? | PRCOH: How did you cope with the pressure from @? | D: How did you cope with the pressure during @?
people | Who had to be convinced? | PTR: Who had to be convinced of @? | O: Who had to be convinced at @?
people | How did you bring the others along? | PTR: How did you bring the others along with @? | C: How did you bring @ along?
people* | How did people react at first? | PTRF: How did people react to @ at first? | O: How did people at @ react at first?
people | How did you settle the disagreement? | PTR: How did you settle the disagreement over @? | HO: How did you settle the disagreement with @?
people | Who did you keep informed, and how? | PR: Who did you keep informed about @, and how? | O: Who at @ did you keep informed, and how?
people | How did you explain it to people outside your field? | PTRF: How did you explain @ to people outside your field?
people | Whose support did you need most? | PTR: Whose support did you need most for @? | O: Whose support did you need most at @?
people* | How did you win their trust? | CHO: How did you win the trust of @?
people | What did your colleagues think of it? | PTRFHO: What did your colleagues think of @?
people | Who disagreed with you? | PTRF: Who disagreed with you about @? | O: Who disagreed with you at @?
people | How did you share the work with others? | PR: How did you share the work on @ with others? | C: How did you share the work among @? | H: How did you share the work with @?
people* | What did you say to the people who doubted it? | PTRF: What did you say to the people who doubted @?
people | How did you work together? | HO: How did you work together with @? | C: How did you work together with @?
people | How did you prepare the others for the change? | PTR: How did you prepare the others for @? | C: How did you prepare @ for the change?
people | What did you learn about the people involved? | PR: What did you learn about the people involved in @? | OHC: What did you learn about @?
result | What came of it? | PTR: What came of @? | OH: What came of the work with @?
result | How did you measure that? | RFDC: How did you measure @?
result | What changed afterwards? | PTR: What changed after @? | O: What changed at @ afterwards? | D: What changed after @ you mentioned?
result | How did you know that it worked? | PTR: How did you know that @ worked?
result | What was the outcome, in figures? | PTR: What was the outcome of @, in figures? | O: What was the outcome for @, in figures?
result | Who noticed the difference first? | PTR: Who noticed the difference that @ made? | F: Who was first to notice @? | O: Who noticed the difference first at @?
result | What did it mean for the people who used it? | PTRF: What did @ mean for the people concerned?
result | How lasting was the effect? | PTRF: How lasting was the effect of @?
result | What is left of it today? | PTR: What is left of @ today? | F: What is left of @ today?
result | How far did it go beyond what was expected? | F: How far did @ go beyond what was expected?
result | How did you arrive at that figure? | FDC: How did you arrive at @? | PR: How did you arrive at that figure for @?
result | What share of it was down to your work? | F: What share of @ was down to your work? | PR: What share of @ was down to your work?
result | What did it save, in time or money? | PTR: What did @ save, in time or money? | O: What did it save @, in time or money?
result | What would the others say about the outcome? | PR: What would the others say about the outcome of @? | O: What would people at @ say about the outcome? | H: What would @ say about the outcome?
result | How did it end? | PR: How did @ end? | D: How did @ end? | HO: How did the matter with @ end?
learning | What would you do differently today? | PTR: What would you do differently with @ today? | OH: What would you do differently with @ today? | D: What would you do differently in @ today?
learning | What did you learn from it? | PTRHO: What did you learn from @? | D: What did you learn in @? | F: What did you learn from @?
learning | What did it teach you about your own work? | PTRFHO: What did @ teach you about your own work? | D: What did @ teach you about your own work?
learning | What advice would you give someone who starts on it now? | PTR: What advice would you give someone who starts on @ now? | O: What advice would you give someone who starts at @ now?
learning | What have you kept from it since then? | PTR: What have you kept from @ since then? | OH: What have you kept from the work with @ since then?
learning | Which mistake would you not repeat? | PTR: Which mistake with @ would you not repeat? | O: Which mistake would you not repeat at @? | D: Which mistake would you not repeat in @?
learning | How has it changed the way you work? | PTRHO: How has @ changed the way you work? | F: How has @ changed the way you work?
learning | What do you now check earlier? | PR: What do you now check earlier in work such as @?
learning | Where do you see it differently now? | PTRHO: Where do you see @ differently now? | F: Where do you see @ differently now?
learning | What would you pass on to a new colleague? | PTR: What would you pass on to a new colleague about @? | O: What would you pass on to a new colleague at @?
learning | Which part would you leave out next time? | PR: Which part of @ would you leave out next time?
learning | What would you start earlier? | PR: What would you start earlier with @? | D: What would you start earlier in @?
learning | What do you still not know about it? | PTRFO: What do you still not know about @?
context* | What was the situation when this began? | PTR: What was the situation when @ began? | O: What was the situation at @ when this began?
context | What was at stake at the time? | PR: What was at stake with @ at the time? | C: What was at stake for @ at the time?
role | Which part of this was yours alone? | PR: Which part of @ was yours alone? | OT: Which part of the work with @ was yours alone?
role* | What exactly was your own responsibility in it? | PR: What exactly was your own responsibility in @? | F: What exactly was your own share in @?
role* | What did you do in person, apart from the others? | PR: What did you do in person on @, apart from the others?
action* | Which steps did you take from there? | PTR: Which steps did you take with @ from there?
action* | How did you go about it in practice? | PTR: How did you go about @ in practice? | OH: How did you go about the work with @ in practice?
reason* | What made you choose that way? | PTR: What made you choose that way with @?
reason | What was your reasoning at that point? | PTROH: What was your reasoning about @ at that point? | F: What was your reasoning behind @ at that point?
reason | Why did that seem the right thing to do? | PTR: Why did @ seem the right thing to do?
alternative* | Which other options did you weigh? | PTRO: Which other options did you weigh besides @? | D: Which other options did you weigh in @?
alternative | What would have been the case against your approach? | PTR: What would have been the case against @?
alternative | What would you say to somebody who would have done the opposite? | PTR: What would you say to somebody who would have done the opposite with @?
obstacle | What was the hardest part of it? | PTR: What was the hardest part of @? | OHC: What was the hardest part of the work with @? | D: What was the hardest part of @?
obstacle | Where did it nearly go wrong? | PTR: Where did @ nearly go wrong? | OH: Where did the work with @ nearly go wrong? | D: Where in @ did it nearly go wrong?
obstacle* | What got in your way? | PTR: What got in your way with @? | O: What got in your way at @? | F: What got in your way before you reached @?
people | Who did you have to convince, and how? | PTR: Who did you have to convince of @, and how? | O: Who at @ did you have to convince, and how?
people | How did the people around you react? | PTRF: How did the people around you react to @? | H: How did the people around you react to @?
people | Who else was involved, and what did they need from you? | PR: Who else was involved in @, and what did they need from you?
result | What came of it in the end? | PTR: What came of @ in the end? | OH: What came of the work with @ in the end?
result | How did you know that it had worked? | PTR: How did you know that @ had worked?
result | What changed because of it? | PTRH: What changed because of @? | F: What changed because of @?
learning | What did you take away from it? | PTRO: What did you take away from @? | D: What did you take away from @? | H: What did you take away from the work with @?
"""

PROBES_PLAIN = """
context | Could you describe the setting a little?|context | What did the team around you look like?|context | What had been tried before?
context | Which rules or limits applied?|role | What exactly did you do, and what did the team do?|role | How would your manager describe your part?
role | When did you act on your own, and when did you ask?|action | Could you walk me through it step by step?
action | What did the first week look like?|action | What did you write down, and for whom?|action | How did you check your own work?
reason | What would have made you decide otherwise?|reason | Which of your reasons weighed most?|alternative | What did a colleague suggest instead?
alternative | How would you solve it with no budget at all?|obstacle | What did you underestimate?|obstacle | When did you notice that it was not working?
obstacle | Which help did you ask for?|people | Who lost something through the change?|people | How did you deal with criticism?
people | How did you keep everyone on the same page?|result | Which number moved, and by how much?|result | How quickly could you see an effect?
result | What did the customer or user notice?|learning | What did you take into your next task?|learning | What surprised you about yourself?
learning | How do you make sure that it does not happen again?|result | What evidence is there for that?
reason | How sure were you at the time?|alternative | What would the opposite decision have looked like?
""".replace("\n", "|")

SEEDS: dict[str, tuple[str, ...]] = {
    "example": (
        "Could you give me one concrete example?",
        "What is a recent case of that?",
        "Can you describe one day when it happened?",
        "When did that last happen to you?",
        "Which single situation shows that best?",
        "What did that look like in practice?",
        "Could you tell me about one time when you did that?",
        "Which example comes to mind first?",
        "What is a case in which that made a difference?",
        "Could you pick one situation and describe it?",
    ),
    "more": (
        "Could you tell me a little more about that?",
        "What happened, step by step?",
        "What did you do in that situation?",
        "Could you describe it in two or three sentences?",
        "What was your own part in it?",
        "Who was involved, and what did you do?",
        "Could you say what the situation was and what you did?",
        "What would you add to that?",
        "How did it begin?",
        "Could you put your answer in other words?",
        "Which experience of yours comes closest to that?",
        "Can you take me through it from the beginning?",
    ),
    "clarify": (
        "What exactly do you mean by that?",
        "Could you explain that in other words?",
        "How is that to be understood?",
        "Which of the two do you mean?",
        "Could you say that more precisely?",
        "What does that word mean in your work?",
        "How would you explain that to someone outside your field?",
        "Who do you mean when you say we?",
    ),
    "challenge": (
        "What would you say to someone who doubts that?",
        "How do you know that it was not a coincidence?",
        "What speaks against your approach?",
        "How would that work with less time?",
        "When would that approach fail?",
        "Why would a cautious manager agree to that?",
        "What makes you sure of that?",
        "How would you defend that figure?",
        "What would have happened without you?",
        "Which weakness does that way of working have?",
    ),
    "redirect": (
        "Could we go back to the question about your own experience?",
        "What was your own part in the work we spoke about?",
        "Could you tell me about your work in that situation?",
        "How would you answer the question about the job?",
        "What did you do in your last position?",
        "Which piece of your work would you like to talk about?",
        "Could you come back to the situation you were describing?",
        "What would you like to say to the question itself?",
    ),
    "reassure": (
        "What is the first thing that comes to mind?",
        "Could you begin with the situation, just in one sentence?",
        "Which small example could you start with?",
        "What was the task, in a few words?",
        "Where would you like to begin?",
        "What do you remember best about it?",
    ),
}

CLOSERS = (
    "Is there anything you would like to add before we finish?",
    "What have I not asked that you would like to tell me?",
    "What would you like me to remember from this conversation?",
    "Which point would you like to come back to before we end?",
    "What would you like to add to your answers?",
    "Is there something about your work that we have not touched on?",
)

SPAN_SEEDS = {
    "more": (
        (
            "Could you tell me more about how that went?",
            "Could you tell me more about how that went with @?",
            "PTROH",
        ),
        ("What happened, step by step?", "What happened with @, step by step?", "PTROHR"),
        (
            "Could you describe it in a few more sentences?",
            "Could you describe @ in a few more sentences?",
            "PTR",
        ),
        ("Could you say more about your own part?", "Could you say more about your own part in @?", "PR"),
        (
            "Could you say more about your own part?",
            "Could you say more about your own part with @?",
            "TOH",
        ),
        ("What else should I know about it?", "What else should I know about @?", "PTROHFDC"),
        (
            "Could you take me through it from the start?",
            "Could you take me through @ from the start?",
            "PR",
        ),
        (
            "Could you tell me a little more about that?",
            "Could you tell me a little more about @?",
            "PTROHFDC",
        ),
        ("How did it begin, and where did it end?", "How did @ begin, and where did it end?", "PR"),
        ("Which details would help me understand it?", "Which details would help me understand @?", "PTRF"),
        (
            "What would somebody beside you have seen you do?",
            "What would somebody beside you have seen you do with @?",
            "PTRC",
        ),
        ("What was your own part in it?", "What was your own part in @?", "PR"),
        ("What did you do in that situation?", "What did you do with @ in that situation?", "TRO"),
    ),
    "example": (
        ("Could you give me one concrete example?", "Could you give me one concrete example from @?", "P"),
        (
            "Which single situation shows that best?",
            "Which single situation with @ shows that best?",
            "PTRHO",
        ),
        ("When did that last happen to you?", "When did that last happen to you with @?", "TRHO"),
        ("What did that look like in practice?", "What did @ look like in practice?", "PTR"),
        ("What is a recent case of that?", "What is a recent case of that with @?", "TRO"),
    ),
    "clarify": (
        ("What exactly do you mean by that?", "What exactly do you mean by @?", "PTRFC"),
        ("Could you explain that in other words?", "Could you explain @ in other words?", "PTR"),
        ("How is that to be understood?", "How is @ to be understood?", "PTRFC"),
        ("Could you say that more precisely?", "Could you say more precisely what @ was?", "PTR"),
    ),
    "challenge": (
        (
            "What would you say to someone who doubts that?",
            "What would you say to someone who doubts @?",
            "PTRF",
        ),
        ("How would you defend that figure?", "How would you defend @?", "FDC"),
        ("When would that approach fail?", "When would an approach such as @ fail?", "PT"),
        ("What speaks against your approach?", "What speaks against @?", "PTR"),
        ("What makes you sure of that?", "What makes you sure of @?", "PTRFDC"),
        (
            "How do you know that it was not a coincidence?",
            "How do you know that @ was not a coincidence?",
            "FD",
        ),
    ),
}
