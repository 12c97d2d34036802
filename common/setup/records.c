#include "setup/records.h"

#include "ballot/ballot.h"
#include "catalogue/ruling.h"
#include "center/calendar_replay.h"
#include "center/configured.h"
#include "center/member.h"
#include "center/org_save.h"
#include "enterprise/association.h"
#include "enterprise/liaison.h"
#include "enterprise/projection.h"
#include "knowledge/kb.h"
#include "match/push.h"
#include "notice/address.h"
#include "notice/notice.h"
#include "opinion/consultation.h"
#include "opinion/opinion.h"
#include "opinion/survey.h"
#include "policy/outcome.h"
#include "policy/replay.h"
#include "policy/source.h"
#include "register/entry.h"
#include "supervision/accountability.h"
#include "supervision/level_replay.h"
#include "ticket/replay.h"
#include "ticket/shown.h"

const struct projected *const records_projected[] = {&configured_projected,
                                                     &org_projected,
                                                     &member_projected,
                                                     &enterprise_projected,
                                                     &association_projected,
                                                     &liaison_projected,
                                                     &policy_projected,
                                                     &source_projected,
                                                     &outcome_projected,
                                                     &survey_projected,
                                                     &ballot_projected,
                                                     &kb_projected,
                                                     &consultation_projected,
                                                     &opinion_projected,
                                                     &push_projected,
                                                     &entry_projected,
                                                     &address_projected,
                                                     &notice_projected,
                                                     &calendar_projected,
                                                     &ticket_projected,
                                                     &ruling_projected,
                                                     &supervision_projected,
                                                     &accountability_projected,
                                                     &shown_projected,
                                                     NULL};
