"""Nhóm tham gia bảo hiểm y tế: codes of the groups of Điều 12, and which of them each law knows."""

from enum import IntEnum

from ansinh.law.engine import provision, versions


class Group(IntEnum):
    """Đối tượng tham gia bảo hiểm y tế (25/2008/QH12 Điều 12 sửa đổi năm 2024; 188/2025/NĐ-CP Điều 5)."""

    EMPLOYEE = 1  # người lao động, người quản lý có hưởng lương
    UNPAID_MANAGER = 2  # người quản lý không hưởng lương
    FOREIGN_EMPLOYEE = 3  # người lao động nước ngoài
    PART_TIME_EMPLOYEE = 4  # làm việc không trọn thời gian
    HOUSEHOLD_OWNER = 5  # chủ hộ kinh doanh
    OFFICIAL = 6  # cán bộ, công chức, viên chức
    COMMUNE_PART_TIME = 7  # người hoạt động không chuyên trách ở cấp xã
    DEFENCE_WORKER = 8  # công nhân, viên chức quốc phòng, công an, cơ yếu
    DEFENCE_WORKER_FAMILY = 9  # thân nhân của họ
    PENSIONER = 10  # hưởng lương hưu, trợ cấp mất sức lao động
    WORK_INJURY_ALLOWANCE = 11  # trợ cấp tai nạn lao động, bệnh nghề nghiệp hằng tháng
    LONG_SICKNESS = 12  # nghỉ ốm đau do bệnh cần chữa trị dài ngày
    SICK_LEAVE = 13  # nghỉ ốm đau từ 14 ngày làm việc trong tháng
    MATERNITY_LEAVE = 14  # nghỉ thai sản từ 14 ngày làm việc trong tháng
    RETIRED_COMMUNE_INSURED = 15  # cán bộ xã nghỉ việc hưởng trợ cấp BHXH
    UNEMPLOYED = 16  # hưởng trợ cấp thất nghiệp
    RUBBER_WORKER = 17  # công nhân cao su hưởng trợ cấp
    ARMED_FORCES = 18  # sĩ quan, quân nhân chuyên nghiệp, công an, cơ yếu hưởng lương
    CONSCRIPT = 19  # hạ sĩ quan, chiến sĩ nghĩa vụ, học viên hưởng sinh hoạt phí
    FOREIGN_CADET = 20  # học viên là người nước ngoài
    RESERVE_TRAINEE = 21  # học viên đào tạo sĩ quan dự bị
    STANDING_MILITIA = 22  # dân quân thường trực
    MERIT = 23  # người có công với cách mạng, cựu chiến binh
    DEPUTY = 24  # đại biểu Quốc hội, Hội đồng nhân dân
    CHILD_UNDER_6 = 25  # trẻ em dưới 6 tuổi
    MARTYR_RELATIVE = 26  # thân nhân của liệt sĩ
    MERIT_RELATIVE = 27  # thân nhân của người có công
    ARMED_FORCES_RELATIVE = 28  # thân nhân quân nhân, công an, cơ yếu, chiến sĩ nghĩa vụ
    ORGAN_DONOR = 29  # người đã hiến bộ phận cơ thể
    FOREIGN_SCHOLAR = 30  # người nước ngoài học tập hưởng học bổng
    POOR = 31  # hộ nghèo; dân tộc thiểu số, vùng khó khăn, xã đảo, đặc khu
    RETIRED_COMMUNE_STATE = 32  # cán bộ xã nghỉ việc hưởng trợ cấp ngân sách
    ENDED_INVALIDITY = 33  # thôi hưởng trợ cấp mất sức, hưởng trợ cấp ngân sách
    SOCIAL_ALLOWANCE = 34  # hưởng trợ cấp xã hội, nuôi dưỡng hằng tháng
    ELDERLY_SURVIVOR = 35  # người cao tuổi hưởng trợ cấp tuất hằng tháng
    SOCIAL_PENSIONER = 36  # hưởng trợ cấp hưu trí xã hội
    AWAITING_SOCIAL_PENSION = 37  # hưởng trợ cấp hằng tháng chờ hưu trí xã hội
    SAFE_ZONE = 38  # người dân xã an toàn khu
    POOR_ARTISAN = 39  # nghệ nhân có thu nhập thấp
    RESISTANCE = 40  # người tham gia kháng chiến
    COMMUNE_MILITARY_TRAINEE = 41  # học viên quân sự cấp xã
    NEAR_POOR = 42  # hộ cận nghèo
    NEAR_POOR_IN_POOR_PLACE = 43  # hộ cận nghèo ở huyện nghèo, xã nghèo
    STUDENT = 44  # học sinh, sinh viên
    LOCAL_SECURITY = 45  # lực lượng bảo vệ an ninh, trật tự ở cơ sở
    AVERAGE_FARMER = 46  # hộ nông, lâm, ngư, diêm nghiệp mức sống trung bình
    VILLAGE_HEALTH_WORKER = 47  # nhân viên y tế thôn, bản, cô đỡ
    HAMLET_PART_TIME = 48  # người hoạt động không chuyên trách ở thôn
    FORMER_HARD_AREA = 49  # dân tộc thiểu số ở xã ra khỏi vùng khó khăn
    ARTISAN = 50  # nghệ nhân nhân dân, nghệ nhân ưu tú
    TRAFFICKING_VICTIM = 51  # nạn nhân mua bán người
    MINE_VICTIM = 52  # nạn nhân bom mìn
    MULTIDIMENSIONAL_POOR = 53  # hộ nghèo đa chiều, đến 06/2025
    HOUSEHOLD_MEMBER = 54  # tham gia theo hộ gia đình
    CHARITY_RESIDENT = 55  # người sống trong tổ chức từ thiện, tôn giáo
    UNPAID_LEAVE = 56  # nghỉ không lương, tạm hoãn hợp đồng
    INDIVIDUAL = 57  # người không thuộc nhóm nào


ARTICLES = {
    Group.EMPLOYEE: "25/2008/QH12, Điều 12 khoản 1 điểm a",
    Group.UNPAID_MANAGER: "25/2008/QH12, Điều 12 khoản 1 điểm b",
    Group.FOREIGN_EMPLOYEE: "25/2008/QH12, Điều 12 khoản 1 điểm c",
    Group.PART_TIME_EMPLOYEE: "25/2008/QH12, Điều 12 khoản 1 điểm d",
    Group.HOUSEHOLD_OWNER: "25/2008/QH12, Điều 12 khoản 1 điểm đ",
    Group.OFFICIAL: "25/2008/QH12, Điều 12 khoản 1 điểm e",
    Group.COMMUNE_PART_TIME: "25/2008/QH12, Điều 12 khoản 1 điểm g",
    Group.DEFENCE_WORKER: "25/2008/QH12, Điều 12 khoản 1 điểm h",
    Group.DEFENCE_WORKER_FAMILY: "25/2008/QH12, Điều 12 khoản 1 điểm i; 188/2025/NĐ-CP, Điều 5 khoản 5",
    Group.PENSIONER: "25/2008/QH12, Điều 12 khoản 2 điểm a",
    Group.WORK_INJURY_ALLOWANCE: "25/2008/QH12, Điều 12 khoản 2 điểm b",
    Group.LONG_SICKNESS: "25/2008/QH12, Điều 12 khoản 2 điểm b",
    Group.SICK_LEAVE: "25/2008/QH12, Điều 12 khoản 2 điểm b",
    Group.MATERNITY_LEAVE: "25/2008/QH12, Điều 12 khoản 2 điểm b",
    Group.RETIRED_COMMUNE_INSURED: "25/2008/QH12, Điều 12 khoản 2 điểm c",
    Group.UNEMPLOYED: "25/2008/QH12, Điều 12 khoản 2 điểm d",
    Group.RUBBER_WORKER: "188/2025/NĐ-CP, Điều 5 khoản 1",
    Group.ARMED_FORCES: "25/2008/QH12, Điều 12 khoản 3 điểm a",
    Group.CONSCRIPT: "25/2008/QH12, Điều 12 khoản 3 điểm b",
    Group.FOREIGN_CADET: "25/2008/QH12, Điều 12 khoản 3 điểm c",
    Group.RESERVE_TRAINEE: "25/2008/QH12, Điều 12 khoản 3 điểm d",
    Group.STANDING_MILITIA: "25/2008/QH12, Điều 12 khoản 3 điểm đ",
    Group.MERIT: "25/2008/QH12, Điều 12 khoản 3 điểm e",
    Group.DEPUTY: "25/2008/QH12, Điều 12 khoản 3 điểm g",
    Group.CHILD_UNDER_6: "25/2008/QH12, Điều 12 khoản 3 điểm h",
    Group.MARTYR_RELATIVE: "25/2008/QH12, Điều 12 khoản 3 điểm i",
    Group.MERIT_RELATIVE: "25/2008/QH12, Điều 12 khoản 3 điểm k",
    Group.ARMED_FORCES_RELATIVE: "25/2008/QH12, Điều 12 khoản 3 điểm l",
    Group.ORGAN_DONOR: "25/2008/QH12, Điều 12 khoản 3 điểm m",
    Group.FOREIGN_SCHOLAR: "25/2008/QH12, Điều 12 khoản 3 điểm n",
    Group.POOR: "25/2008/QH12, Điều 12 khoản 3 điểm o",
    Group.RETIRED_COMMUNE_STATE: "25/2008/QH12, Điều 12 khoản 3 điểm p",
    Group.ENDED_INVALIDITY: "25/2008/QH12, Điều 12 khoản 3 điểm q",
    Group.SOCIAL_ALLOWANCE: "25/2008/QH12, Điều 12 khoản 3 điểm r",
    Group.ELDERLY_SURVIVOR: "25/2008/QH12, Điều 12 khoản 3 điểm s",
    Group.SOCIAL_PENSIONER: "25/2008/QH12, Điều 12 khoản 3 điểm t",
    Group.AWAITING_SOCIAL_PENSION: "25/2008/QH12, Điều 12 khoản 3 điểm u",
    Group.SAFE_ZONE: "188/2025/NĐ-CP, Điều 5 khoản 2",
    Group.POOR_ARTISAN: "188/2025/NĐ-CP, Điều 5 khoản 3",
    Group.RESISTANCE: "188/2025/NĐ-CP, Điều 5 khoản 6",
    Group.COMMUNE_MILITARY_TRAINEE: "188/2025/NĐ-CP, Điều 5 khoản 7",
    Group.NEAR_POOR: "25/2008/QH12, Điều 12 khoản 4 điểm a",
    Group.NEAR_POOR_IN_POOR_PLACE: "25/2008/QH12, Điều 12 khoản 4 điểm a",
    Group.STUDENT: "25/2008/QH12, Điều 12 khoản 4 điểm b",
    Group.LOCAL_SECURITY: "25/2008/QH12, Điều 12 khoản 4 điểm c",
    Group.AVERAGE_FARMER: "25/2008/QH12, Điều 12 khoản 4 điểm d",
    Group.VILLAGE_HEALTH_WORKER: "25/2008/QH12, Điều 12 khoản 4 điểm đ",
    Group.HAMLET_PART_TIME: "25/2008/QH12, Điều 12 khoản 4 điểm e",
    Group.FORMER_HARD_AREA: "25/2008/QH12, Điều 12 khoản 4 điểm g",
    Group.ARTISAN: "25/2008/QH12, Điều 12 khoản 4 điểm h",
    Group.TRAFFICKING_VICTIM: "25/2008/QH12, Điều 12 khoản 4 điểm i",
    Group.MINE_VICTIM: "188/2025/NĐ-CP, Điều 5 khoản 4",
    Group.MULTIDIMENSIONAL_POOR: "146/2018/NĐ-CP, Điều 4 khoản 2",
    Group.HOUSEHOLD_MEMBER: "25/2008/QH12, Điều 12 khoản 5 điểm a",
    Group.CHARITY_RESIDENT: "25/2008/QH12, Điều 12 khoản 5 điểm b",
    Group.UNPAID_LEAVE: "25/2008/QH12, Điều 12 khoản 5 điểm c",
    Group.INDIVIDUAL: "25/2008/QH12, Điều 12 khoản 5 điểm d",
}
"""Điều khoản quy định từng đối tượng: by the law of 2024 or the last that named it."""

FROM_2018 = (Group.RESISTANCE, Group.MULTIDIMENSIONAL_POOR, Group.DEFENCE_WORKER_FAMILY)
FROM_2025 = (
    Group.UNPAID_MANAGER,
    Group.PART_TIME_EMPLOYEE,
    Group.HOUSEHOLD_OWNER,
    Group.FOREIGN_CADET,
    Group.RESERVE_TRAINEE,
    Group.STANDING_MILITIA,
    Group.SOCIAL_PENSIONER,
    Group.AWAITING_SOCIAL_PENSION,
    Group.SAFE_ZONE,
    Group.COMMUNE_MILITARY_TRAINEE,
    Group.LOCAL_SECURITY,
    Group.VILLAGE_HEALTH_WORKER,
    Group.HAMLET_PART_TIME,
    Group.FORMER_HARD_AREA,
    Group.ARTISAN,
    Group.TRAFFICKING_VICTIM,
    Group.MINE_VICTIM,
    Group.CHARITY_RESIDENT,
    Group.UNPAID_LEAVE,
    Group.INDIVIDUAL,
)


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 46/2014/QH13, Điều 1; 595/QĐ-BHXH, Điều 17",
    since="2015-01-01",
    until="2018-11-30",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2014(group: int) -> bool:
    """The groups of the law of 2014."""
    return group not in FROM_2018 and group not in FROM_2025


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 146/2018/NĐ-CP, Điều 1, 2, 3, 4, 5, 6",
    since="2018-12-01",
    until="2025-06-30",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2018(group: int) -> bool:
    """The groups of the law of 2014 as the decree of 2018 lists them."""
    return group not in FROM_2025


@provision(
    "health.group",
    clause="25/2008/QH12, Điều 12; 51/2024/QH15, Điều 1 khoản 10; 188/2025/NĐ-CP, Điều 5",
    since="2025-07-01",
    term="thuộc đối tượng tham gia bảo hiểm y tế",
)
def is_group_2024(group: int) -> bool:
    """The groups of the law of 2024; the multidimensionally poor are no longer one."""
    return group != Group.MULTIDIMENSIONAL_POOR


is_group = versions(is_group_2014, is_group_2018, is_group_2024)
