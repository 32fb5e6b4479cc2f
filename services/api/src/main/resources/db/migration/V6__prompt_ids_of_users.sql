-- An id is its user's: nobody hears from it whether somebody else has used it. Rows are deleted when the run is forgotten.
ALTER TABLE submitted_prompts DROP CONSTRAINT submitted_prompts_pkey;
ALTER TABLE submitted_prompts ADD PRIMARY KEY (user_id, prompt_id);

CREATE INDEX submitted_prompts_submitted_at ON submitted_prompts (submitted_at);
