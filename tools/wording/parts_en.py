"""Hand-written English acknowledgements and frames. Data only; `expand` lives in make_dialogues.

"{a|b}" stands for one of its parts. In span frames "@" is the span with the article that it needs
("the labels", "Atlas", "the 40 percent") and "@@" the bare span. Outside spans only lower-case
letters, spaces, commas, apostrophes and hyphens occur after the first letter.
"""

# ruff: noqa: E501 - one sentence a line reads best here

ACKS: dict[str, tuple[str, ...]] = {
    "heard": (
        "{Thank you|Thanks} for {walking me through that|setting that out|laying that out|the detail|the account}.",
        "{Thank you|Thanks} for {taking me through it|describing it so plainly|explaining that|that outline}.",
        "{Thank you|Thanks} for {being so specific|making that concrete|the background|a clear account}.",
        "That gives me {a clear picture|a clear idea|a good sense of it|a better picture of the situation}.",
        "That leaves me with {a fair idea of the work|a sense of how it went|a clearer view}.",
        "{Understood|Noted|All right|Very well|I see|Right}, {that helps me follow|that is useful to know}.",
        "{Understood|Noted|All right|Very well|I see|Right}, {that is clear enough|that puts it in context}.",
        "{Understood|All right|I see}, {that makes the order of events clear|that tells me how it went}.",
        "That helps me {follow|see|understand} {the course of events|how it unfolded|what you were dealing with}.",
        "That makes it easier to {follow your thinking|see the situation|picture the work|follow what happened}.",
        "{I can follow|I follow} {the outline|your account|the main line} so far.",
        "It {helps|is useful} to {hear|know} {how that came about|how you went about it|what was going on}.",
        "It {helps|is useful} to {hear|know} {what you were working with|how it fitted together}.",
        "That {is a helpful outline|is a useful starting point|covers the outline|answers part of my question}.",
        "So {that is how it went|that was the situation|those were the circumstances|that is where things stood}.",
        "I have {the outline|a clearer picture|the main points|a sense of the situation} now.",
        "Let us {stay with that|look at that more closely|go a little deeper|take that a step further}.",
        "Let us {stay there|remain with that|look into that} for a moment.",
        "That is worth {a closer look|staying with|going into|a little more time}.",
        "I would like to {understand one part of it better|go into that a little further|stay with that}.",
        "There is {one point there to go into|a part of that to look at more closely|more to ask about that}.",
    ),
    "context": (
        "That {sets|describes} the {scene|situation|setting} {well|clearly|plainly}.",
        "Good to know {how it began|where it started|what the starting point was|what you were facing}.",
        "So that {was the starting point|is where you began|is how things looked at first}.",
        "{Thank you|Thanks} for {the background|setting the scene|the context}.",
    ),
    "role": (
        "{Thank you|Thanks} for {making your own part clear|saying what was yours|separating your share}.",
        "That {tells me|shows me|makes clear} {what your own part was|where your responsibility lay}.",
        "So that {part was yours|was your share of it|was in your hands}.",
    ),
    "action": (
        "{Thank you|Thanks} for {the steps|going through the steps|saying what you did yourself}.",
        "I can see {how you went about it|the order you worked in|the steps you took|where you put your effort}.",
        "{That is a practical step|Those are concrete steps|That is a clear way to go about it}.",
        "So {that is how you went about it|those were your steps|that was your way of working}.",
    ),
    "reason": (
        "I see {the reasoning behind it|the thinking behind that|why you went that way|where that came from}.",
        "That explains {the choice|your choice|why you went that way|your direction}.",
        "{Understood|I see}, {so there was a reason for it|that was the thought behind it}.",
    ),
    "alternative": (
        "So there was {another way to go|more than one way to go|a second option}.",
        "It helps to know {what else was considered|which other way was open|what you left aside}.",
        "{Understood|I see}, {so you had a choice to make|so other ways were weighed}.",
    ),
    "obstacle": (
        "That {sounds like|must have been} a {demanding|difficult|trying|tricky} {stretch|situation|moment|time}.",
        "I can see {why|how} that {slowed things down|made the work harder|complicated matters|took time}.",
        "So {that was in the way|that is what held things up|that made it harder}.",
        "{Thank you|Thanks} for {being open about that|naming the difficulty|saying what went wrong}.",
    ),
    "people": (
        "So {other people had a stake in it|more than one side was involved|you had others to bring along}.",
        "Working with {others|several sides} {takes patience|rarely goes in a straight line}.",
        "It helps to know {who was involved|how you dealt with the people around you}.",
    ),
    "result": (
        "{Thank you|Thanks} for {naming the outcome|saying how it ended|telling me what came of it}.",
        "Good to know {how it turned out|what came of it|where it ended|what changed}.",
        "So {there was something to show for it|that is what came of it|it did change something}.",
        "That is a {concrete|tangible|clear} {outcome|result}.",
    ),
    "learning": (
        "That is a {fair|thoughtful|candid} {reflection|point|way to look back}.",
        "So {that stayed with you|you took something from it|that changed the way you work}.",
        "{Thank you|Thanks} for {looking back so openly|that reflection|saying what you would change}.",
    ),
    "move_on": (
        "{Thank you|Thanks}, {let us|we can} {turn to|move on to|go on to} {another subject|something else|the next point}.",
        "{Thank you|Thanks}, {let us|we can} look at {another side of the work|a different part of the job}.",
        "That {covers|completes} {this part|that subject|this topic} for me.",
        "That {covers|completes} {this part|that subject|this topic}, so {let us go on|we can move on}.",
        "That is what was needed {on that|there}, {thank you|so let us move on|so we can go on}.",
        "Let us {leave that there|change the subject|take up something different|turn the page}.",
        "Let us {turn to another part of the job|look at a different situation|go to the next subject}.",
        "{Noted|Understood|All right|Good}, {on to the next subject|let us go on|let us look at something else}.",
        "With that {noted|in mind|covered}, {let us move on|we can go on|let us change direction}.",
        "The next one {goes in a different direction|is about another part of the work|leads somewhere else}.",
        "{My next question|The next question} {is about something different|takes another direction}.",
    ),
    "skip": (
        "{That is fine|All right|No problem|Very well}, {we can leave that one|let us take another question}.",
        "{That is fine|All right|No problem|Very well}, {we can pass over that|here is something different}.",
        "Let us {try another question|take a different question|begin afresh with another subject}.",
        "We {will|can} {leave that one|put that aside} and {try another|go on to another question}.",
    ),
    "close": (
        "{That brings us|We are coming|We have come} to the end {of our conversation|of my questions}.",
        "Those were {all my questions|the questions from my side|the points on my list}.",
        "We have {reached the last question|nearly finished|come to the last point}.",
        "{Thank you|Thanks} for {your time today|your answers|taking the time|this conversation}.",
        "Before we finish, {the floor is yours|there is one last point|one thing remains}.",
    ),
    "opening": (
        "{Welcome|Hello and welcome|Good to meet you}, and thank you for {your time|coming|being here|joining me}.",
        "{Hello|Welcome|Hello and welcome}, {it is good to meet you|please make yourself comfortable|let us begin}.",
        "{Good to have you here|It is good to have you here|I am glad you could come}.",
        "{Thank you for coming|Thank you for making the time|Thanks for being here}, {let us begin|let us start}.",
        "{Welcome|Hello}, {we will take this one question at a time|there is no hurry today|we can start gently}.",
    ),
    "short": (
        "{Thank you|Understood|All right|I see}, {though a little more detail would help|that is only the outline}.",
        "That is {rather|quite|very} {brief|short}, and {a little more would help|some detail would help}.",
        "I would {like|need} to hear {a little more|somewhat more} {than that|about it|before we go on}.",
        "Take {your time|a moment}, {there is no hurry|a few sentences are enough|it need not be perfect}.",
        "Let us {fill that in|add some detail|open that up} {a little|together}.",
        "A few {more words|sentences|details} would {help me|help me follow|give me a better picture}.",
        "{So far|Up to now} {there is little to go on|that is only a part of it|the outline is thin}.",
        "{Fair enough|All right|Understood}, {let us stay there a little|please go on|let us open that up}.",
    ),
    "gibberish": (
        "I am afraid that did not {come through|come across clearly|reach me as words|make sense to me}.",
        "I {could not|was not able to} {make that out|follow that|read that|understand that}.",
        "That {was not|is not} {clear to me|readable on my side|something that makes sense to me}.",
        "Sorry, {that did not make sense to me|the words did not come through|that came across garbled}.",
        "Something seems to have {gone wrong with the text|slipped there|come through garbled}.",
        "{I am sorry|Sorry}, {that one was lost on me|those words did not form an answer for me}.",
        "{Perhaps|Maybe} {the text slipped|something went wrong with the typing|the line was bad}.",
    ),
    "silent": (
        "I did not {hear|receive|catch} {anything|an answer} {just now|this time}.",
        "{Nothing came through|No answer reached me|It was quiet} {just now|this time|on my side}.",
        "Take {all the time you need|a moment if you need it}, {there is no hurry|it is fine to think first}.",
        "{A pause is fine|Thinking first is fine|Silence is all right}, {we have time|start wherever you like}.",
    ),
    "hostile": (
        "I {hear|understand} that {this is frustrating|this is not easy for you|you are not happy with this}.",
        "{Let us|I would like to} {keep this calm and useful|keep to the work itself|stay with the work}.",
        "An interview can be {trying|tiring|tense}, {so let us take it slowly|and a pause is fine}.",
        "{That is all right|Fair enough|Understood}, {let us go back to the work|let us keep to the subject}.",
        "{Noted|All right}, {we can take this one step at a time|let us try it more simply|we can go slowly}.",
        "{You may find the questions tiresome|This may be tiring}, {so let us keep it brief|so let us stay with the work}.",
    ),
    "off_topic": (
        "That {takes us|leads us} {a little away from the question|somewhat off the subject|to another subject}.",
        "Let us {come|go} back to {the question|the job|the work|what we were discussing|the subject}.",
        "{Thank you|I see|Fair enough}, {though the question was about something else|let us return to the subject}.",
        "{Perhaps another time|That may wait}, {let us return to your work|let us stay with the interview}.",
        "{I would like to|Let me} bring us back to {the question|your own work|the subject}.",
    ),
    "injection": (
        "Let us {return to|come back to|go on with} {the interview|your experience|your own work|the question}.",
        "Let us {stay with|keep to} {the interview|your experience|your own work|the subject}.",
        "I will {stay with the interview|keep to my questions|carry on with the interview|keep to the subject}.",
        "We are here {to talk about your work|for your own experience}, so let us {go back|go on}.",
        "{Back to|Returning to} {the interview|your work|the question} then.",
    ),
    "asks_answer": (
        "{The answer has to come from you|That one has to be yours|That has to stay with you}.",
        "I would rather {hear your own view|hear it in your own words|leave that to you}.",
        "{There is no single right answer|No model answer is needed}, {your own view counts|your own way matters}.",
        "{It is your own experience that counts|Your own words are what matters here}.",
        "I {cannot|should not} {answer that for you|give the answer away}, {but there is time to think|so take a moment}.",
    ),
    "asks_repeat": (
        "{Of course|Certainly|Gladly|By all means|No problem|Sure}, {here it is again|once more then}.",
        "{Of course|Certainly|Gladly|By all means|No problem|Sure}, {let me say it again|let me repeat it}.",
        "{Of course|Certainly|Yes}, {here is the question once more|the question was this|let me put it once more}.",
    ),
    "reassure": (
        "There is no {rush|hurry}, {this is only practice|we can go at your pace|it is fine to think first}.",
        "{Take your time|Take a breath|Take a moment}, {many people feel that way|we can go at your pace}.",
        "It is {quite normal|perfectly all right|fine} to {be nervous|need a moment|lose the thread}.",
        "{That happens to many people|That is quite normal}, {and there is time|so start wherever you like|no harm done}.",
        "{No harm done|That is all right|Do not worry}, {a rough answer is enough|one sentence is a fine beginning}.",
    ),
    "protected": (
        "{Thank you|Understood|All right}, {that is not something we need here|we can leave that aside}.",
        "{Thank you|Understood|All right}, {that stays outside this conversation|that plays no part here}.",
        "Let us {leave personal matters aside|keep to the work itself|stay with the work}.",
        "{Personal matters|Private matters} {play no part here|can stay private}, so {let us stay with the work|let us go on}.",
    ),
    "wrong_language": (
        "Let us {stay with|keep to|continue in} {the language we chose|the language we started in}.",
        "I can only follow {one language|the language we chose} {in this interview|here|today}.",
        "Please {use|go on in} the language {we started in|of this interview}.",
    ),
    "repeated": (
        "That is {what you told me before|the point you made earlier|close to your earlier answer}.",
        "You {said that a moment ago|have told me that already|made that point before}, so let us look further.",
        "{I have that noted already|We have had that point}, {so let us go further|so let us take the next step}.",
    ),
    "challenge": (
        "Let me {put that to the test|test that a little|take the other side|play the sceptic} for a moment.",
        "Let me press {on one point|a little further|politely on that}.",
        "A {sceptical|cautious|critical} {colleague|reader|manager} might {see it differently|want more proof}.",
        "{Some would|Others might|One could} {see that differently|argue the other way|hesitate there}.",
        "I would like to {look at the other side of that|test that thought|see how firm that is}.",
    ),
    "example": (
        "An example would {help me see it|make that easier to picture|bring that closer}.",
        "That {is|remains} {rather general|quite general|a broad statement} so far.",
        "So far that is {the general idea|the broad picture|the principle}.",
        "I would like to {see that in practice|hear one case|picture that more concretely}.",
    ),
    "clarify": (
        "{One point|Part of that|One detail} is not yet {clear to me|quite clear|fully clear}.",
        "I want to {understand you correctly|be sure of one point|get that right}.",
        "Let me {check|make sure of} {one point|one detail|what was meant}.",
        "That {can be read in two ways|could mean several things|leaves one point open}.",
    ),
}

NEXT_SPAN = (
    "{Thank you|Thanks} for {the detail on|telling me about|what you said about} @.",
    "That {covers|rounds off} @ for {me|now|the moment}.",
    "We can leave @ {there|for now}, {so let us move on|and turn to something else|thank you}.",
    "That is enough on @ for the moment.",
    "I have a {good|clearer|fair} picture of @ now.",
    "I have noted {what you said about|your points on} @.",
    "Let us leave @ {there|for now} and {turn to another subject|move on|take up something else}.",
    "{Thank you|Understood|All right}, {that will do on|let us go on from} @.",
)
"""Acknowledgements before the next question that name the span."""

SPAN_ACKS = {
    "any": (
        "You {mentioned|spoke of|brought up} @.",
        "Let us {stay with|look at|go back to|come back to} @ for a moment.",
        "I would like to {stay with|come back to|hear more about|go into|ask about} @.",
        "Let me {come back to|pick up|ask about|return to} @.",
        "My next question is about @.",
        "{Thank you|Thanks} for {mentioning|telling me about|bringing up} @.",
        "{Thank you|Noted|I see|Understood|All right}, {so let us stay with|let us look at|let me ask about} @.",
        "That brings {me|us} to @.",
        "{One thing you named was|One point you raised was|What stays with me is} @.",
    ),
    "name": ("@ {deserves|is worth} a closer look.", "So @ was {part of it|at the centre of that|involved}."),
    "figure": ("You {gave|named} @@ as a figure.", "{I noted|You put it at|You named|I heard} @@.", "@@ is worth a closer look."),
}

PREFIXES = {
    "any": (
        "When it came to @", "With @ in mind", "Thinking of @", "Thinking back to @", "Looking back at @",
        "Staying with @", "Staying with @ for a moment", "Coming back to @", "To stay with @",
        "To come back to @", "On the subject of @", "As regards @", "In the case of @", "As for @",
        "Speaking of @", "Taking @ as an example", "Since you mentioned @", "Keeping @ in view",
        "As you mentioned @", "Returning to @", "Looking more closely at @", "Considering @",
    ),
    "name": ("In your work with @", "In connection with @", "With @"),
    "phrase": ("In your work with @", "Faced with @", "With @", "In dealing with @"),
    "figure": ("Looking at @ you mentioned", "Given @ you named", "Coming back to @ you mentioned"),
}

SUFFIXES = {
    "any": (
        ", thinking of @", ", with @ in mind", ", looking back at @", ", if you think of @", ", in the case of @",
        ", when it came to @", ", to stay with @",
    ),
}

ADJUNCTS = {
    "P": (
        "on @", "while you worked on @", "when you worked on @", "during the work on @", "in your work on @",
        "with @", "when it came to @", "in the case of @", "while you were busy with @", "throughout @",
    ),
    "T": (
        "with @", "while working with @", "in your work with @", "when you used @", "when you worked with @",
        "when it came to @", "around @", "in your use of @", "while you were using @",
    ),
    "O": ("with @", "in your work with @", "when you dealt with @", "when it came to @", "in the case of @"),
    "H": ("with @", "in your work with @", "when you dealt with @", "when it came to @", "when you talked with @"),
    "R": (
        "with @", "when you dealt with @", "when it came to @", "in the case of @", "around @",
        "while you were handling @", "in your work on @", "while you were busy with @", "in dealing with @",
    ),
    "F": ("behind @", "when you looked at @", "in view of @ you mentioned", "around @ you mentioned", "with @ in mind"),
    "D": ("during @ you mentioned", "in @ you mentioned", "over @ you spoke of", "in view of @"),
    "C": ("with @", "with @ you mentioned", "when it came to @", "across @"),
}
