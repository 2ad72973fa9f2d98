-- Erasing a person looks for the records in which that person was an agent.
CREATE INDEX records_agent ON records (agent) WHERE agent IS NOT NULL;
